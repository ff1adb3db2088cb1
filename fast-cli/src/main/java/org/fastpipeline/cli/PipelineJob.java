// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.inference.Models;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.measure.RunReport;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.render.Controls;
import org.fastpipeline.render.View;
import org.fastpipeline.render.WindowOptions;
import org.fastpipeline.text.PipelineReader;
import org.fastpipeline.text.TextPipeline;

/// Runs a pipeline from a file to its end, and tells what comes out.
///
/// @param home where engines are
/// @param options how the run is to go
/// @param network how models are to be loaded and computed
/// @param watched how it is to be watched
/// @param speech where results and all else are told
record PipelineJob(Home home, RunOptions options, NetworkRequest network, ShowRequest watched, Speech speech) {
    private static final double NANOS_PER_SECOND = 1e9;

    /// Does it.
    ///
    /// @return the exit status
    /// @throws FastException if the file is wrong, a model cannot be used, or the run stopped on an error
    int run(PipelineReader reader, Path file) {
        if (watched.window()) {
            reader.outline(file); // a file that is wrong is told of before a display that is missing
        }
        return Show.beside(watched.window(), show -> run(reader, file, show));
    }

    private int run(PipelineReader reader, Path file, Show show) {
        try (StopOnSignal signal = new StopOnSignal();
                Models models = new Models(
                        home::engines,
                        network.options(
                                options.threads().workers(), options.threads().sessionThreads()),
                        network.trusted())) {
            TextPipeline text = reader.models(models).read(file);
            text.notices().forEach(speech::note);
            models.notices().forEach(speech::note);
            models.choices().values().forEach(choice -> speech.detail(choice.toString()));
            speech.detail(options.threads().toString());
            Tally tally = new Tally();
            long start = System.nanoTime();
            RunReport report;
            String place;
            try (WantedVideo video = new WantedVideo(watched.video(), speech)) {
                report = run(text, signal, tally, show, watched.options("FAST " + file.getFileName()));
                place = video.place();
            }
            speech.failures(tally, "and --fail-fast stops at the first");
            speech.figures(report);
            // Within the reach of the signal: the JVM ends as soon as it is closed.
            speech.note(summary(report, (System.nanoTime() - start) / NANOS_PER_SECOND)
                    + place
                    + (signal.told() ? "; stopped before the end" : ""));
            return status(tally);
        }
    }

    private RunReport run(TextPipeline text, StopOnSignal signal, Tally tally, Show show, WindowOptions window) {
        List<View> views = watched.isWanted() ? OutputView.of(text.outputs()) : List.of();
        try (Progress progress = progress(text);
                Run run = pipeline(text, views).start(options.withListener(new Watch(progress, tally)))) {
            signal.stops(run);
            show.begin(run, text.pipeline().subscriptions().size(), window, Controls.NONE, views);
            if (!text.outputs().isEmpty()) {
                run.forEach(frame -> speech.say(FrameLine.of(frame, text.outputs())));
            }
            show.awaitSeen(speech);
            RunReport report = run.finish();
            if (show.isClosed()) {
                throw speech.stopped(Show.REASON, "files of frames");
            }
            return report;
        }
    }

    /// What the file wants, and what is to be seen of it.
    private Pipeline pipeline(TextPipeline text, List<View> views) {
        List<Subscription> seen =
                watched.window() ? views.stream().map(View::subscription).toList() : List.of();
        return text.pipeline()
                .with(
                        seen,
                        watched.video().stream()
                                .map(video -> FrameFiles.video(video, views.getFirst()))
                                .toList());
    }

    /// Where no frame could be read at all it is not some frames that failed.
    private static int status(Tally tally) {
        if (tally.failed() == 0) {
            return Main.OK;
        }
        return tally.succeeded() > 0
                ? Main.SOME_FAILED
                : Complaint.status(tally.failures().getFirst());
    }

    /// Lines of results on a terminal show well enough how far it is.
    private Progress progress(TextPipeline text) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return terminal && !text.outputs().isEmpty() ? Progress.NONE : Progress.of(OptionalLong.empty(), speech.err());
    }

    private static String summary(RunReport report, double seconds) {
        return String.format(
                Locale.ROOT,
                "%d frame%s%s in %.1f s, %.1f frames/s",
                report.frames(),
                report.frames() == 1 ? "" : "s",
                report.failed() == 0 ? "" : " (" + report.failed() + " failed)",
                seconds,
                report.frames() / seconds);
    }

    /// Called by the run, one call at a time.
    private record Watch(Progress progress, Tally tally) implements RunListener {
        @Override
        public void frameDone(String frame, Optional<FastException> failure) {
            progress.step();
            tally.frameDone(frame, failure);
        }
    }
}
