// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.math.Quantiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// One program that is measured, in runs over few and over many frames. Used by one thread.
final class BenchSide {
    private final String name;
    private final Command command;
    private final Map<String, String> environment;
    private final List<Pair> pairs = new ArrayList<>();

    /// What to run for some frames.
    @FunctionalInterface
    interface Command {
        /// The command line.
        ///
        /// @param frames folder of the frames
        /// @param count how many they are
        /// @param out folder for what the run writes
        List<String> of(Path frames, int count, Path out);
    }

    /// A run over few frames and one over many.
    record Pair(ProcessRun few, ProcessRun many) {}

    BenchSide(String name, Command command, Map<String, String> environment) {
        this.name = name;
        this.command = command;
        this.environment = environment;
    }

    /// As tables and plots have it.
    String name() {
        return name;
    }

    /// Runs it over few and over many frames.
    void measure(Path few, int fewCount, Path many, int manyCount, Path out) throws InterruptedException {
        pairs.add(new Pair(run(few, fewCount, out.resolve("few")), run(many, manyCount, out.resolve("many"))));
    }

    /// Runs it once more, which counts for none of the figures here.
    ProcessRun run(Path frames, int count, Path out) throws InterruptedException {
        return ProcessRun.of(
                command.of(frames, count, out), environment, out.resolveSibling(out.getFileName() + ".log"));
    }

    /// All runs so far.
    List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    /// The last run over many frames.
    ProcessRun last() {
        return pairs.getLast().many;
    }

    /// Median over the rounds of what `figure` is for many frames less what it is for few, by the frames more.
    double marginal(ToDoubleFunction<ProcessRun> figure, int framesMore) {
        return median(pair -> (figure.applyAsDouble(pair.many) - figure.applyAsDouble(pair.few)) / framesMore);
    }

    /// Median over the rounds.
    double median(ToDoubleFunction<Pair> figure) {
        return Quantiles.median().compute(pairs.stream().mapToDouble(figure).toArray());
    }
}
