// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.render.Window;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fast demo`: the capillary job on the sample that comes with the program, with a report to look at.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Six synthetic frames go through the same pipeline as in 'fast capillary', and are shown in a window where "
                        + "there is a display. It closes 20 s after the last frame unless it is used. Open report.html "
                        + "in a browser.",
        optionListHeading = "%nOptions:%n")
final class DemoCommand implements Callable<Integer> {
    private static final String SAMPLE = "capillary";

    /// How long the window stays after the last frame, for somebody to look at it.
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final Home home;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            defaultValue = "out/demo",
            description = "Folder for the results; made if it is missing. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Option(names = "--no-window", description = "Open no window, though there is a display.")
    private boolean noWindow;

    @Mixin
    private CloseAtEndOption closeAtEnd = new CloseAtEndOption();

    @Option(names = Complaint.VERBOSE, description = "Say more on the way.")
    private boolean verbose;

    DemoCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        ShowRequest show = new ShowRequest(
                !noWindow && Window.isPossible(), Optional.of(closeAtEnd.after().orElse(LOOK)), Optional.empty());
        JobRequest job = new JobRequest(
                ImmutableList.of(home.sample(SAMPLE).toString()),
                out,
                new EngineWish.Auto(),
                home.model(CapillaryRequest.MODEL),
                NetworkRequest.USUAL,
                ThreadPlan.ofCores(),
                show,
                false);
        CapillaryRequest request =
                new CapillaryRequest(job, Background.STILL, 0, OptionalDouble.empty(), Overlays.JPG, false);
        return job.watched(window -> demonstrate(request, window));
    }

    private int demonstrate(CapillaryRequest request, Show show) {
        Speech speech = Speech.of(spec.commandLine(), verbose);
        List<FrameResult> rows = new ArrayList<>();
        FrameJob.Done done = CapillaryJob.run(home, request, speech, rows::add, show);
        speech.say(done.summary());
        speech.say("Report: " + report(done, rows));
        if (request.job().show().window() && closeAtEnd.after().isEmpty()) {
            speech.note("the window closes " + LOOK.toSeconds()
                    + " s after the last frame unless it is used; its key H lists what it can do");
        }
        return done.status();
    }

    private Path report(FrameJob.Done done, List<FrameResult> rows) {
        Truth truth = Truth.of(home.sample(SAMPLE));
        List<DemoReport.Frame> frames = rows.stream()
                .map(row -> new DemoReport.Frame(row, truth.density(row.cell("source")), overlay(row)))
                .toList();
        Optional<byte[]> plot =
                plot(frames.stream().filter(DemoReport.Frame::ok).toList());
        plot.ifPresent(png -> WholeFile.write(out.resolve("density.png"), ByteBuffer.wrap(png)));
        Path page = out.resolve("report.html");
        String html = new DemoReport(done, frames, plot).html();
        WholeFile.write(page, ByteBuffer.wrap(html.getBytes(StandardCharsets.UTF_8)));
        return page;
    }

    private static Optional<byte[]> plot(List<DemoReport.Frame> frames) {
        if (frames.isEmpty()) {
            return Optional.empty();
        }
        List<DensityPlot.Line> lines = new ArrayList<>();
        lines.add(new DensityPlot.Line(
                "measured", frames.stream().map(DemoReport::density).toList()));
        List<Double> drawn = frames.stream()
                .map(DemoReport.Frame::drawn)
                .flatMap(Optional::stream)
                .toList();
        if (drawn.size() == frames.size()) {
            lines.add(new DensityPlot.Line("drawn", drawn));
        }
        return DensityPlot.png(frames.stream().map(frame -> frame.row().frame()).toList(), lines);
    }

    /// The picture that the run wrote for a frame.
    private Optional<byte[]> overlay(FrameResult row) {
        Path picture = out.resolve(CapillaryJob.OVERLAYS).resolve(ImageFileSink.nameOf(row.cell("source")) + ".jpg");
        try {
            return Files.exists(picture) ? Optional.of(Files.readAllBytes(picture)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new InputException(
                    picture.toString(), "it was just written but cannot be read", "Check the disk", unreadable);
        }
    }
}
