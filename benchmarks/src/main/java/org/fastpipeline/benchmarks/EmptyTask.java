// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.RunOptions;

/// What an empty task costs: frames through one stateless node that does nothing, on two workers.
///
/// Prints one line of JSON: microseconds per frame of all rounds, saturated (64 frames in work) and with standard
/// options (6 frames in work, where threads mostly wait for each other).
public final class EmptyTask {
    private static final int FRAMES = 200_000;
    private static final int WORKERS = 2;

    private EmptyTask() {}

    /// Runs the given number of rounds, 3 unless given.
    ///
    /// @param args the number of rounds
    public static void main(String[] args) {
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        Long payload = 42L;
        Pipeline pipeline = Chain.of(Long.class, FRAMES, 1, _ -> payload);
        microseconds(pipeline, Chain.saturated(WORKERS));
        List<Double> saturated = new ArrayList<>();
        List<Double> standard = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            saturated.add(microseconds(pipeline, Chain.saturated(WORKERS)));
            standard.add(microseconds(pipeline, Chain.options(WORKERS)));
        }
        System.out.println("{\"saturated\": " + saturated + ", \"standard\": " + standard + "}");
    }

    private static double microseconds(Pipeline pipeline, RunOptions options) {
        long begun = System.nanoTime();
        long frames = Chain.drain(pipeline, options);
        return (System.nanoTime() - begun) / 1e3 / frames;
    }
}
