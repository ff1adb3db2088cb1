// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Precision;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.network.ImageInput;
import org.fastpipeline.core.network.SegmentationNetwork;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// How many frames a second go from files through a segmentation network; `ultrasound-peer.py` compares it with FAST.
/// The model is loaded once, then all files are streamed round after round; prints a line per round.
public final class UltrasoundFigures {
    private static final double NANOS_PER_SECOND = 1e9;

    private UltrasoundFigures() {}

    /// Measures it.
    ///
    /// @param args folder of plugins, pattern of the frames, file of the model, engine, precision
    ///     (`f32` or `auto`), and how many rounds
    public static void main(String[] args) {
        Path file = Path.of(args[2]);
        ThreadPlan threads = ThreadPlan.ofCores();
        EngineOptions options = new EngineOptions(
                threads.workers(), threads.sessionThreads(), Precision.valueOf(args[4].toUpperCase(Locale.ROOT)), "");
        try (LoadedModel model = Engines.find(Path.of(args[0]))
                .only(args[3])
                .load(ModelSource.of(file, ModelFormat.of(file)), new EngineWish.Auto(), options)) {
            for (int round = 0; round < Integer.parseInt(args[5]); round++) {
                System.out.println(round(args[1], model, threads, round));
            }
        }
    }

    private static String round(String frames, LoadedModel model, ThreadPlan threads, int round) {
        long start = System.nanoTime();
        ImageFileStreamer files = new ImageFileStreamer(frames);
        SegmentationNetwork network = new SegmentationNetwork(model, ImageInput.PLAIN.with(scaled()));
        network.image.from(files.image);
        long count = 0;
        try (Run run = Pipeline.to(network.segmentation).start(RunOptions.of(threads))) {
            for (Frame frame : run) {
                frame.get(network.segmentation);
                count++;
            }
        }
        double rate = count / ((System.nanoTime() - start) / NANOS_PER_SECOND);
        return String.format(
                Locale.ROOT,
                "%s %s round=%d frames=%d fps=%.1f",
                model.choice().engine(),
                model.choice().precision(),
                round,
                count,
                rate);
    }

    private static Preprocessing scaled() {
        return new Preprocessing(0, 255, 0, 1, 1 / 255.0, false);
    }
}
