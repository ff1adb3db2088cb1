// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.run.Pipeline;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What it costs to hand a frame on from one node to the next.
///
/// An operation is one frame. What a frame costs besides its hops (letting it in, handing it out) is the same in chains
/// of any length, so the difference of two chains is that of their hops; [#main] works that out. 64 frames are in work
/// at once, so that threads do not wait for each other: the hop is what it costs, not what it takes to wake somebody.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HopBenchmark {
    private static final int FRAMES = 2_000;
    private static final int[] LENGTHS = {1, 16, 64};
    private static final int[] WORKERS = {1, 2};

    /// Nodes in the chain.
    @Param({"1", "16", "64"})
    private int nodes;

    /// Worker threads.
    @Param({"1", "2"})
    private int workers;

    private Pipeline pipeline = chain(1);

    private static Pipeline chain(int nodes) {
        Long payload = 42L;
        return Chain.of(Long.class, FRAMES, nodes, _ -> payload);
    }

    /// Wires the chain.
    @Setup
    public void wire() {
        pipeline = chain(nodes);
    }

    /// A run of 2,000 frames, from its start to its end.
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long drain() {
        return Chain.drain(pipeline, Chain.saturated(workers));
    }

    /// Runs all cases and prints nanoseconds and heap bytes per hop.
    ///
    /// @param args options of JMH
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(HopBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        for (int workers : WORKERS) {
            for (int i = 1; i < LENGTHS.length; i++) {
                printHop(results, LENGTHS[i - 1], LENGTHS[i], workers);
            }
        }
    }

    private static void printHop(Collection<RunResult> results, int shorter, int longer, int workers) {
        double time = time(results, longer, workers) - time(results, shorter, workers);
        double heap = heap(results, longer, workers) - heap(results, shorter, workers);
        System.out.printf(
                Locale.ROOT,
                "%d worker(s), from %d to %d nodes: %.0f ns and %.0f bytes of heap per hop%n",
                workers,
                shorter,
                longer,
                time / (longer - shorter),
                heap / (longer - shorter));
    }

    private static double time(Collection<RunResult> results, int nodes, int workers) {
        return result(results, nodes, workers).getPrimaryResult().getScore();
    }

    private static double heap(Collection<RunResult> results, int nodes, int workers) {
        var secondary = result(results, nodes, workers).getSecondaryResults();
        return Objects.requireNonNull(secondary.get("gc.alloc.rate.norm"), "measured by the profiler")
                .getScore();
    }

    private static RunResult result(Collection<RunResult> results, int nodes, int workers) {
        return results.stream()
                .filter(result -> result.getParams().getParam("nodes").equals(String.valueOf(nodes)))
                .filter(result -> result.getParams().getParam("workers").equals(String.valueOf(workers)))
                .findFirst()
                .orElseThrow();
    }
}
