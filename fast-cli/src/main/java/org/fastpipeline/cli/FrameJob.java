// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.measure.RunReport;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.render.Controls;
import org.fastpipeline.render.WindowOptions;
import org.fastpipeline.vision.io.MediaStreamer;
import org.fastpipeline.vision.io.WholeFile;
import org.fastpipeline.vision.opencv.OpenCv;

/// A job that runs a network over frames: from files to tables, pictures and `run.json`.
final class FrameJob {
    private final Home home;
    private final JobRequest request;
    private final Speech speech;

    FrameJob(Home home, JobRequest request, Speech speech) {
        this.home = home;
        this.request = request;
        this.speech = speech;
    }

    /// Makes what is particular to the job.
    interface Maker {
        /// The model as the job wants it loaded.
        default ModelDescriptor wanted(ModelDescriptor described) {
            return described;
        }

        /// Joins it to the frames.
        ///
        /// @param frames to be analysed
        Analysis make(Out<Image> frames, LoadedModel network, ModelDescriptor model);
    }

    /// Does it.
    ///
    /// @param tables files of an earlier run that must not stay beside the pictures of this one, if it ends early
    /// @param rows told of each frame, in order
    /// @param show where it is seen
    /// @throws FastException if inputs, model, engine or output cannot be used, or the run stopped on an error
    Done run(Maker maker, List<String> tables, Consumer<FrameResult> rows, Show show) {
        MediaStreamer source = request.source();
        OptionalLong count = source.count();
        source.leftOut().forEach(speech::note);
        request.show().video().ifPresent(video -> requireNoInput(video, source.files()));
        ModelDescriptor model = maker.wanted(described());
        ThreadPlan threads = request.threads();
        OpenCv.use(threads.visionThreads());
        try (StopOnSignal signal = new StopOnSignal();
                WholeFile file = WholeFile.create(request.out().resolve("run.json"));
                LoadedModel network = home.engines()
                        .load(
                                model,
                                request.engine(),
                                request.network().options(threads.workers(), threads.sessionThreads()))) {
            speech.chosen(request.engine(), network.choice());
            speech.detail(threads.toString());
            Analysis analysis = maker.make(source.image, network, model);
            Tally tally = new Tally();
            removeEarlierResults(tables);
            long start = System.nanoTime();
            FilesBefore pictures = FilesBefore.in(request.out().resolve(analysis.pictures()));
            RunReport report;
            String places;
            try (WantedVideo video = new WantedVideo(request.show().video(), speech);
                    Progress progress = Progress.of(count, speech.err())) {
                report = run(analysis, signal, new Taker(analysis, tally, rows, progress), show, window(network));
                places = "results in " + request.out() + video.place();
            }
            long earlier = pictures.left();
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            RunRecord record = new RunRecord(
                    request.inputs(),
                    tally,
                    analysis.figures(tally.succeeded()),
                    duration,
                    network.choice(),
                    model,
                    model.fileOf(network),
                    analysis.threshold(),
                    threads,
                    earlier,
                    report);
            file.write(ByteBuffer.wrap(record.json()));
            file.commit();
            analysis.notes(tally.frames()).forEach(speech::note);
            speech.failures(tally, "see the column status of frames.csv");
            if (earlier > 0) {
                speech.note(request.out().resolve(analysis.pictures()) + ": "
                        + (earlier == 1 ? "1 file is" : earlier + " files are")
                        + " of an earlier run, not of this one.");
            }
            speech.figures(report);
            return new Done(tally, record, analysis.summary(tally.succeeded()), places);
        }
    }

    /// A video is written over what has its name; that must not be what is analysed.
    private static void requireNoInput(Path video, List<Path> inputs) {
        for (Path input : inputs) {
            try {
                if (Files.exists(video) && Files.isSameFile(video, input)) {
                    throw new OutputException(
                            video.toString(), "it is one of the inputs", "Choose another name for the video", null);
                }
            } catch (IOException failure) {
                throw new OutputException(video.toString(), "it cannot be looked at", "Choose another name", failure);
            }
        }
    }

    private ModelDescriptor described() {
        ModelDescriptor model = request.network().read(request.model());
        if (model.labels().isEmpty()) {
            throw new ModelException(
                    request.model().toString(),
                    "nothing describes it; needed labels, threshold and what its images are like",
                    "Give a folder with model.properties",
                    null);
        }
        return model;
    }

    /// A run that ends early must not leave the tables of another one beside its pictures.
    private void removeEarlierResults(List<String> tables) {
        for (String name : tables) {
            Path earlier = request.out().resolve(name);
            try {
                Files.deleteIfExists(earlier);
            } catch (IOException failure) {
                throw new OutputException(
                        earlier.toString(), "an earlier result cannot be removed", "Choose another folder", failure);
            }
        }
    }

    private RunReport run(
            Analysis analysis, StopOnSignal signal, Consumer<Frame> taker, Show show, WindowOptions window) {
        RunOptions options = RunOptions.of(request.threads()).withMeasurement(Measurement.all());
        try (Run run = pipeline(analysis).start(request.failFast() ? options.failFast() : options)) {
            signal.stops(run);
            show.begin(run, 1, window, Controls.NONE, List.of(analysis.view()));
            run.forEach(taker);
            show.awaitSeen(speech);
            if (signal.told() || show.isClosed()) {
                throw speech.stopped(signal.told() ? StopOnSignal.REASON : Show.REASON, "pictures of frames");
            }
            return run.report();
        }
    }

    private Pipeline pipeline(Analysis analysis) {
        List<Subscription> subscriptions = new ArrayList<>(List.of(analysis.results()));
        if (request.show().window()) {
            subscriptions.add(analysis.view().subscription());
        }
        List<Sink<?>> sinks = new ArrayList<>(analysis.sinks());
        request.show().video().ifPresent(file -> sinks.add(FrameFiles.video(file, analysis.view())));
        return Pipeline.of(subscriptions, sinks);
    }

    private WindowOptions window(LoadedModel network) {
        return request.show()
                .options("FAST " + request.model().getFileName())
                .withNote(network.choice().engine())
                .withScreenshots(request.out());
    }

    /// Takes each frame as it comes out.
    private record Taker(Analysis analysis, Tally tally, Consumer<FrameResult> rows, Progress progress)
            implements Consumer<Frame> {
        @Override
        public void accept(Frame frame) {
            analysis.take(frame);
            switch (analysis.result(frame)) {
                case Outcome.Value<?> _ -> tally.done();
                case Outcome.Skipped<?>(String reason) ->
                    tally.failed(new StepException("frame", frame.toString(), reason, null));
                case Outcome.Failed<?>(FastException cause) -> tally.failed(cause);
            }
            ImmutableMap.Builder<String, String> cells = ImmutableMap.builder();
            for (List<String> row : frame.get(analysis.frameRow()).rows()) {
                for (int i = 0; i < row.size(); i++) {
                    cells.put(analysis.columns().get(i), row.get(i));
                }
            }
            rows.accept(new FrameResult(frame.id().sequence(), cells.buildOrThrow()));
            progress.step();
        }
    }

    /// What was done.
    ///
    /// @param tally what came out
    /// @param record how
    /// @param found what was found, in a few words
    /// @param places where results and video are
    record Done(Tally tally, RunRecord record, String found, String places) {
        /// The exit status that tells of it.
        int status() {
            return tally.failed() == 0 ? Main.OK : Main.SOME_FAILED;
        }

        /// One line for people.
        String summary() {
            return String.format(
                    Locale.ROOT,
                    "%d frame%s%s, %s, %.1f frames/s",
                    tally.frames(),
                    tally.frames() == 1 ? "" : "s",
                    tally.failed() == 0 ? "" : " (" + tally.failed() + " failed)",
                    found,
                    record.framesPerSecond());
        }
    }
}
