// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.vision.io.WholeFile;
import org.fastpipeline.vision.opencv.OpenCv;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes phantoms, and the files of their truth.
///
/// @param frames how many
/// @param seed of the random numbers
/// @param out folder for all files, empty or not there yet
/// @param threads the thread plan
/// @param speech where progress is told
record PhantomJob(int frames, int seed, Path out, ThreadPlan threads, Speech speech) {
    /// What is particular to one kind of phantom. Used by one thread.
    interface Kind {
        /// Gives the truth, and writes all files into `out`.
        Pipeline pipeline(PhantomJob job);

        /// Sums up what was drawn.
        void take(Frame frame);

        /// What was drawn, in a few words.
        String summary(long frames);

        /// Says how it was made.
        ///
        /// @param json has the seed and the number of frames already
        void describe(ObjectNode json);
    }

    /// Does it.
    ///
    /// @param name of the kind
    /// @return one line on what was made
    String run(String name, Kind kind) {
        refuseUsedFolder();
        OpenCv.use(threads.visionThreads());
        Pipeline pipeline = kind.pipeline(this);
        RunOptions options =
                RunOptions.of(threads).withMeasurement(Measurement.all()).failFast();
        try (StopOnSignal signal = new StopOnSignal();
                Progress progress = Progress.of(OptionalLong.of(frames), speech.err());
                Run run = pipeline.start(options)) {
            signal.stops(run);
            for (Frame frame : run) {
                kind.take(frame);
                progress.step();
            }
            if (signal.told()) {
                throw speech.stopped(StopOnSignal.REASON, "frames");
            }
            speech.figures(run.finish());
        }
        WholeFile.write(
                out.resolve("phantom.json"), ByteBuffer.wrap(json(name, kind).getBytes(StandardCharsets.UTF_8)));
        return String.format(Locale.ROOT, "%d frame%s, %s", frames, frames == 1 ? "" : "s", kind.summary(frames));
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

    private String json(String name, Kind kind) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("phantom", name)
                .put("version", Version.number())
                .put("seed", seed)
                .put("frames", frames);
        kind.describe(json);
        return Json.text(json) + "\n";
    }
}
