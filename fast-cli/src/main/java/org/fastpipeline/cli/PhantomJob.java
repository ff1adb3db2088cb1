// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.EncodedImage.Encoding;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.Rows;
import org.fastpipeline.vision.io.VideoSink;
import org.fastpipeline.vision.io.WholeFile;
import org.fastpipeline.vision.opencv.OpenCv;
import org.fastpipeline.vision.phantom.CapillaryPhantom;
import org.fastpipeline.vision.phantom.DrawnCapillaries;
import org.fastpipeline.vision.phantom.TruthRows;
import tools.jackson.databind.node.JsonNodeFactory;

/// Makes phantoms, and the files of their truth.
///
/// @param frames how many
/// @param seed of the random numbers
/// @param out folder for all files, empty or not there yet
/// @param video whether one scene in motion is wanted, as a video
/// @param encoding file format of frames that are not a video
/// @param threads the thread plan
/// @param speech where progress is told
record PhantomJob(int frames, int seed, Path out, boolean video, Encoding encoding, ThreadPlan threads, Speech speech) {
    private static final String VIDEO = "video.avi";

    /// Does it.
    ///
    /// @return one line on what was made
    String run() {
        refuseUsedFolder();
        OpenCv.use(threads.visionThreads());
        CapillaryPhantom phantom = new CapillaryPhantom();
        phantom.seed.set(seed);
        phantom.maximum.set(frames);
        phantom.moving.set(video);
        phantom.file.set(video ? VIDEO : "frame." + encoding.extension());
        Pipeline pipeline = Pipeline.of(List.of(Subscription.every(phantom.truth)), sinks(phantom));
        RunOptions options =
                RunOptions.of(threads).withMeasurement(Measurement.all()).failFast();
        long capillaries = 0;
        double density = 0;
        try (StopOnSignal signal = new StopOnSignal();
                Progress progress = Progress.of(OptionalLong.of(frames), speech.err());
                Run run = pipeline.start(options)) {
            signal.stops(run);
            for (Frame frame : run) {
                DrawnCapillaries truth = frame.get(phantom.truth);
                capillaries += truth.clear();
                density += truth.density();
                progress.step();
            }
            if (signal.told()) {
                speech.note("stopped before the end: no table is written; frames that were done stay");
                throw new RunStoppedException(StopOnSignal.REASON, null);
            }
            speech.figures(run.finish());
        }
        WholeFile.write(out.resolve("phantom.json"), ByteBuffer.wrap(json().getBytes(StandardCharsets.UTF_8)));
        return String.format(
                Locale.ROOT,
                "%d frame%s, %d clear capillaries, mean density %.4f",
                frames,
                frames == 1 ? "" : "s",
                capillaries,
                density / frames);
    }

    /// Frames of an earlier run would be taken for some of this one, without a truth.
    private void refuseUsedFolder() {
        try (Stream<Path> files = Files.isDirectory(out) ? Files.list(out) : Stream.empty()) {
            files.findFirst().ifPresent(file -> {
                throw new OutputException(
                        out.toString(),
                        "met a folder with files in it, such as " + file.getFileName() + "; needed an "
                                + "empty one or none",
                        "Choose another folder, or empty this one",
                        null);
            });
        } catch (IOException | UncheckedIOException failure) {
            throw new OutputException(out.toString(), "it cannot be looked into", "Choose another folder", failure);
        }
    }

    private List<Sink<?>> sinks(CapillaryPhantom phantom) {
        TruthRows rows = new TruthRows();
        rows.truth.from(phantom.truth);
        List<Sink<?>> sinks = new ArrayList<>();
        sinks.add(table("frames.csv", TruthRows.FRAME_COLUMNS, rows.frame));
        sinks.add(table("boxes.csv", TruthRows.BOX_COLUMNS, rows.boxes));
        sinks.add(pictures(out.resolve("masks"), Encoding.PNG, phantom.mask));
        if (video) {
            VideoSink film = new VideoSink(out.resolve(VIDEO));
            film.rate.set(CapillaryPhantom.RATE);
            film.image.from(phantom.image);
            sinks.add(film);
        } else {
            sinks.add(pictures(out, encoding, phantom.image));
        }
        return sinks;
    }

    private CsvSink table(String file, List<String> columns, Out<Rows> rows) {
        CsvSink table = new CsvSink(out.resolve(file), columns.toArray(String[]::new));
        table.name(file);
        table.rows.from(rows);
        return table;
    }

    private static ImageFileSink pictures(Path folder, Encoding encoding, Out<Image> image) {
        ImageEncoder encoder = new ImageEncoder(encoding);
        encoder.name(image.name() + "Encoder");
        encoder.image.from(image);
        ImageFileSink files = new ImageFileSink(folder);
        files.name(image.name() + "Files");
        files.image.from(encoder.encoded);
        return files;
    }

    private String json() {
        return Json.text(JsonNodeFactory.instance
                        .objectNode()
                        .put("phantom", "capillary")
                        .put("version", Version.number())
                        .put("seed", seed)
                        .put("frames", frames)
                        .put("video", video)
                        .put("format", video ? "avi" : encoding.extension())
                        .put("width", CapillaryPhantom.WIDTH)
                        .put("height", CapillaryPhantom.HEIGHT))
                + "\n";
    }
}
