// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;
import org.fastpipeline.core.network.ImageClassification;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.vision.capillary.RoiBatch;

/// A whole application: image files are read, parts of them classified by a network, the scores given to a subscriber
/// and to a table, the images written as PNG files. Every call that leaves the framework can fail.
///
/// @param files the images
/// @param folder receives the table and the images
/// @param faults which call fails
record FilesToFiles(List<Path> files, Path folder, NthCall faults) {
    static final String MODEL = "brightness.onnx";
    /// Longer than what writers hold back, so that they write while they are opened, and with each frame.
    private static final int LONG = 500;

    /// What can fail beside files and engine.
    enum Call {
        PUBLISH
    }

    /// What came out.
    ///
    /// @param scores of each frame that did not fail, by its place
    /// @param failure the first
    /// @param stopped whether the run itself failed, rather than some frames
    /// @param written the files, by their path in the folder
    /// @param open models and sessions that are still open
    record Result(
            Map<Integer, String> scores,
            Optional<FastException> failure,
            boolean stopped,
            Map<String, String> written,
            int open) {}

    private static final class Report extends Stateless {
        private final In<Scores> in = in("scores", Scores.class);
        private final Out<Text> out = out("text", Text.class);
        private final NthCall faults;

        Report(NthCall faults) {
            this.faults = faults;
        }

        @Override
        public void execute(Step step) {
            String text = step.get(in).toString();
            step.put(out, new Text(text, step.memory().allocate(text.length()), faults));
        }
    }

    /// A payload whose publishing may fail.
    private record Text(String text, Lease lease, NthCall faults) implements Leased<Text> {
        @Override
        public Text retain(Object holder) {
            return new Text(text, lease.retain(holder), faults);
        }

        @Override
        public void publish() {
            faults.pass(Call.PUBLISH);
            lease.publish();
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    Result run(RunOptions options) throws IOException {
        FaultyEngine engine = new FaultyEngine(faults);
        Map<Integer, String> scores = new HashMap<>();
        List<FastException> failures = Collections.synchronizedList(new ArrayList<>());
        boolean stopped = false;
        try (LoadedModel model = Engines.of(engine)
                .load(
                        ModelSource.of(Path.of(MODEL), ModelFormat.ONNX),
                        EngineWish.parse(EngineWish.AUTO),
                        new EngineOptions(2, 1))) {
            watch(model, options, scores, failures);
        } catch (FastException failure) {
            stopped = true;
            failures.add(failure);
        }
        return new Result(scores, failures.stream().findFirst(), stopped, written(), engine.open.get());
    }

    private void watch(
            LoadedModel model, RunOptions options, Map<Integer, String> scores, List<FastException> failures) {
        ImageFileStreamer streamer =
                new ImageFileStreamer(files.stream().map(this::guarded).toList());
        ImageClassification network =
                new ImageClassification(model, Preprocessing.NONE, ImmutableList.of("dark", "bright"));
        network.batch.from(crops(streamer.image));
        Report report = new Report(faults);
        report.in.from(network.scores);
        ImageEncoder encoder = new ImageEncoder();
        encoder.image.from(streamer.image);
        ImageFileSink pictures = new ImageFileSink(guarded(folder));
        pictures.image.from(encoder.encoded);
        Mapping<Scores, Rows> rows = new Mapping<>(
                Scores.class, Rows.class, found -> Rows.of(found.values().toString(), "long".repeat(LONG)));
        rows.input.from(network.scores);
        CsvSink table = new CsvSink(guarded(folder.resolve("table.csv")), "scores", "long".repeat(10 * LONG));
        table.rows.from(rows.output);
        RunListener told = new RunListener() { // A frame is given out before its picture is written.
                    @Override
                    public void frameDone(String frame, Optional<FastException> failure) {
                        failure.ifPresent(failures::add);
                    }
                };
        try (Run run = Pipeline.of(List.of(Subscription.every(report.out)), List.of(pictures, table))
                .start(options.withListener(told))) {
            int place = 0;
            for (Frame frame : run) {
                if (frame.outcome(report.out) instanceof Outcome.Value<Text>(Text text)) {
                    scores.put(place, text.text());
                }
                place++;
            }
        }
    }

    private static Out<Tensor> crops(Out<Image> images) {
        Mapping<Image, Boxes> regions = new Mapping<>(
                Image.class,
                Boxes.class,
                image -> new Boxes(ImmutableList.of(new Box(2, 3, 12, 9), new Box(image.width() - 20, 5, 20, 30))));
        regions.input.from(images);
        RoiBatch crops = new RoiBatch();
        crops.side.set(FaultyEngine.SIDE);
        crops.frame.from(images);
        crops.boxes.from(regions.output);
        return crops.crops;
    }

    private Path guarded(Path path) {
        return FaultyFileSystem.guarded(path, (call, _, _) -> faults.pass(call));
    }

    private Map<String, String> written() throws IOException {
        Map<String, String> written = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                written.put(
                        folder.relativize(file).toString(),
                        Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        return written;
    }
}
