// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.measure.RunReport;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.vision.capillary.CapillaryPipeline;
import org.fastpipeline.vision.capillary.Density;
import org.fastpipeline.vision.capillary.FrameRow;
import org.fastpipeline.vision.io.MediaStreamer;
import org.fastpipeline.vision.io.WholeFile;
import org.fastpipeline.vision.opencv.OpenCv;

/// The capillary job: from files to tables, pictures and `run.json`.
final class CapillaryJob {
    /// Folder of the pictures, in that of the results.
    static final String OVERLAYS = "overlays";

    /// Crops that the network is given at once: engines compute fixed batches faster, and small ones stay in the cache.
    private static final long NETWORK_BATCH = 4;

    private final Home home;
    private final CapillaryRequest request;
    private final Speech speech;

    CapillaryJob(Home home, CapillaryRequest request, Speech speech) {
        this.home = home;
        this.request = request;
        this.speech = speech;
    }

    /// Does it.
    ///
    /// @param rows told of each frame, in order
    /// @throws FastException if inputs, model, engine or output cannot be used, or the run stopped on an error
    Done run(Consumer<FrameResult> rows) {
        MediaStreamer source = new MediaStreamer(request.inputs().toArray(String[]::new));
        OptionalLong count = source.count();
        source.leftOut().forEach(speech::note);
        ModelDescriptor model = described().withBatch(NETWORK_BATCH);
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
            CapillaryGraph graph = CapillaryGraph.of(request, source.image, network, model);
            Tally tally = new Tally();
            removeEarlierResults();
            long start = System.nanoTime();
            RunReport report;
            try (Progress progress = Progress.of(count, speech.err())) {
                report = run(graph, signal, new Taker(graph, tally, rows, progress));
            }
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            RunRecord record = new RunRecord(
                    request.inputs(),
                    tally,
                    duration,
                    network.choice(),
                    model,
                    model.fileOf(network),
                    graph.job().threshold().value(),
                    threads,
                    report);
            file.write(ByteBuffer.wrap(record.json()));
            file.commit();
            tellOf(tally);
            speech.figures(report);
            return new Done(tally, record);
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
    private void removeEarlierResults() {
        for (String name : List.of("run.json", "frames.csv", "boxes.csv", "capillaries.csv", "crops.npy")) {
            Path earlier = request.out().resolve(name);
            try {
                Files.deleteIfExists(earlier);
            } catch (IOException failure) {
                throw new OutputException(
                        earlier.toString(), "an earlier result cannot be removed", "Choose another folder", failure);
            }
        }
    }

    private RunReport run(CapillaryGraph graph, StopOnSignal signal, Consumer<Frame> taker) {
        RunOptions options = RunOptions.of(request.threads()).withMeasurement(Measurement.all());
        try (Run run = graph.pipeline().start(request.failFast() ? options.failFast() : options)) {
            signal.stops(run);
            run.forEach(taker);
            if (signal.told()) {
                // Said here, within the reach of the signal: the JVM ends as soon as it is closed.
                speech.note("stopped before the end: no table is written; pictures of frames that were done stay");
                throw new RunStoppedException(StopOnSignal.REASON, null);
            }
            return run.report();
        }
    }

    private void tellOf(Tally tally) {
        if (tally.greyFrames() > 0) {
            speech.note(
                    tally.greyFrames() + " of " + tally.frames() + " frames have no colour: the model was trained on "
                            + "colour, so capillaries are missed and these densities are too low.");
        }
        speech.failures(tally.frames(), tally.failed(), tally.failures(), "see the column status of frames.csv");
    }

    /// Takes each frame as it comes out.
    private record Taker(CapillaryGraph graph, Tally tally, Consumer<FrameResult> rows, Progress progress)
            implements Consumer<Frame> {
        @Override
        public void accept(Frame frame) {
            CapillaryPipeline job = graph.job();
            if (frame.outcome(graph.colours()) instanceof Outcome.Value<ChannelOrder>(ChannelOrder colours)
                    && colours == ChannelOrder.GREY) {
                tally.grey();
            }
            switch (frame.outcome(job.density())) {
                case Outcome.Value<Density>(Density density) -> tally.done(density.value());
                case Outcome.Skipped<Density>(String reason) ->
                    tally.failed(new StepException("density", frame.toString(), reason, null));
                case Outcome.Failed<Density>(FastException cause) -> tally.failed(cause);
            }
            ImmutableMap.Builder<String, String> cells = ImmutableMap.builder();
            for (List<String> row : frame.get(job.frameRow()).rows()) {
                for (int i = 0; i < row.size(); i++) {
                    cells.put(FrameRow.COLUMNS.get(i), row.get(i));
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
    record Done(Tally tally, RunRecord record) {
        /// The exit status that tells of it.
        int status() {
            return tally.failed() == 0 ? Main.OK : Main.SOME_FAILED;
        }

        private String meanDensity() {
            OptionalDouble mean = tally.meanDensity();
            return mean.isPresent()
                    ? String.format(Locale.ROOT, "mean density %.4f", mean.getAsDouble())
                    : "no density could be measured";
        }

        /// One line for people.
        String summary() {
            return String.format(
                    Locale.ROOT,
                    "%d frame%s%s, %s, %.1f frames/s",
                    tally.frames(),
                    tally.frames() == 1 ? "" : "s",
                    tally.failed() == 0 ? "" : " (" + tally.failed() + " failed)",
                    meanDensity(),
                    record.framesPerSecond());
        }
    }
}
