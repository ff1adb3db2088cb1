// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.stream.Streamer;
import org.fastpipeline.render.Controls;
import org.fastpipeline.render.View;
import org.fastpipeline.render.Window;
import org.fastpipeline.render.WindowOptions;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.fastpipeline.vision.io.MediaKind;
import org.fastpipeline.vision.io.VideoStreamer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fast view`: images or a video in a window.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows images or a video in a window, which stays until it is closed. Its key H lists what it can do:",
            "zoom, move, pause, step from frame to frame, and write a screenshot to the working folder.",
            "Of a MetaImage with several slices it shows one across each axis, and the volume, which can be turned.",
        },
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast view frame.tif",
            "  fast view 'stream/*.mhd' --rate 20",
            "  fast view clip.avi --loop",
            "  fast view ct.mhd"
        })
final class ViewCommand implements Callable<Integer> {
    private static final int FASTEST = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "Image files (PNG, JPEG, BMP, TIFF, PNM, MetaImage), folders of them, patterns in quotes "
                    + "such as 'frames/*.png'; or one video file.")
    private List<String> inputs = List.of();

    @Option(
            names = "--rate",
            paramLabel = "FPS",
            defaultValue = "10",
            description = "Images in a second. Default: ${DEFAULT-VALUE}; a video is played as fast as it says.")
    private double rate;

    @Option(names = "--loop", description = "Begin anew after the last frame.")
    private boolean loop;

    @Mixin
    private CloseAtEndOption closeAtEnd = new CloseAtEndOption();

    @Override
    public Integer call() {
        ArgumentCheck.notEmpty(spec, "INPUT", inputs);
        ArgumentCheck.positive(spec, "--rate", rate, FASTEST, "images in a second");
        if (inputs.stream().noneMatch(input -> MediaKind.of(input) == MediaKind.VIDEO)) {
            ImageFileStreamer images = new ImageFileStreamer(inputs.toArray(String[]::new));
            images.rate.set(rate);
            images.count(); // fails if one is missing
            return show(images, images.image);
        }
        if (inputs.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "INPUT: met a video among others; needed images, or one video alone.");
        }
        VideoStreamer video = new VideoStreamer(inputs.getFirst());
        video.realTime.set(true);
        return show(video, video.image);
    }

    private int show(Streamer<?> streamer, Out<Image> image) {
        streamer.loop.set(loop);
        View[] views = ViewChoice.of(streamer, image);
        WindowOptions options = new ShowRequest(true, closeAtEnd.after(), Optional.empty()).options(inputs.getFirst());
        Tally tally = new Tally();
        try (Window window = Window.open(options, Controls.NONE.with(streamer), views);
                Run run = Pipeline.of(ViewChoice.subscriptions(views), List.of())
                        .start(RunOptions.standard().withListener(tally))) {
            window.show(run, 0);
        }
        Speech.of(spec.commandLine(), false).failures(tally, "which the window showed");
        return tally.failed() == 0 ? Main.OK : Main.SOME_FAILED;
    }
}
