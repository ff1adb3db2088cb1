// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fast capillary`: capillary density, frame by frame.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Finds the capillaries of each frame and measures how much of it they cover. Frames should be in",
            "colour: in grey ones capillaries are missed. DIR receives:",
            "  frames.csv       a row per frame: counts, density, time, and whether it failed",
            "  boxes.csv        a row per capillary: where it is, and its score",
            "  capillaries.csv  a row per capillary: area, length and width",
            "  overlays/        each frame with its capillaries drawn in",
            "  run.json         how it was computed, how fast, and what each step took",
            "A file appears whole or not at all; one that is there already is replaced.",
        },
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast capillary frames/ --out results",
            "  fast capillary 'study/**/*.png' --out results --overlays none",
            "  fast capillary clip.avi --out results --background mog2 --workers 2",
            "",
            "Exit status: 0 ok, 1 some frames failed, 2 wrong use, no input, or no result could be written,",
            "130 stopped by Ctrl-C or by closing the window; the tables are not written then.",
        })
final class CapillaryCommand implements Callable<Integer> {
    private final Home home;

    @Spec
    private CommandSpec spec;

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(
            names = "--background",
            paramLabel = "KIND",
            defaultValue = "still",
            description =
                    "How the background is estimated: still, from each frame alone, for frames that do not belong "
                            + "together; mog2, over the frames, for a video in which things move: what stands still "
                            + "becomes background, and the first frame shows nothing. Default: ${DEFAULT-VALUE}.")
    private Background background = Background.STILL;

    @Mixin
    private PixelSizeOption pixelSize = new PixelSizeOption();

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description = "Score from which on a region is taken for a capillary, 0 to 1; 0 takes all. Default: what "
                    + "the model says.")
    private Optional<Double> threshold = Optional.empty();

    @Option(
            names = "--overlays",
            paramLabel = "TYPE",
            defaultValue = "png",
            description = "Pictures of the frames with their capillaries: png, jpg (smaller and faster) or none. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Overlays overlays = Overlays.PNG;

    @Option(
            names = "--crops",
            description = "Write crops.npy too: what the network saw of each row of boxes.csv, as an array N, H, W, C "
                    + "of 8-bit RGB. With --threshold 0 that is all to train a network on.")
    private boolean crops;

    CapillaryCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        CapillaryRequest request = new CapillaryRequest(
                job.request(home.model(CapillaryRequest.MODEL)),
                background,
                pixelSize.micrometres(),
                threshold(),
                overlays,
                crops);
        return request.job().watched(show -> {
            FrameJob.Done done = CapillaryJob.run(home, request, job.speech(), _ -> {}, show);
            job.speech().say(done.summary() + "; " + done.places());
            return done.status();
        });
    }

    private OptionalDouble threshold() {
        threshold.filter(score -> !(score >= 0 && score <= 1)).ifPresent(score -> {
            throw new ParameterException(spec.commandLine(), "--threshold: met " + score + "; needed 0 to 1");
        });
        return threshold.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
