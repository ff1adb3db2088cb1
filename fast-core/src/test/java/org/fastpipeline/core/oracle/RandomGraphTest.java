// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The executor against the oracle, on graphs made from seeds; `-Dfast.seed=N` replays one, `-Dfast.graphs=N` runs
// more.
class RandomGraphTest {
    private static final int FRAMES = 20;

    static Stream<Arguments> seeds() {
        Long only = Long.getLong("fast.seed");
        LongStream seeds = only != null ? LongStream.of(only) : LongStream.range(0, Long.getLong("fast.graphs", 50));
        return seeds.boxed().flatMap(seed -> Stream.of(1, 2, 4).map(workers -> Arguments.of(seed, workers)));
    }

    @ParameterizedTest(name = "fast.seed={0}, workers={1}")
    @MethodSource("seeds")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyGraphGivesTheOraclesResultForAnyNumberOfWorkers(long seed, int workers) throws Exception {
        boolean failFast = seed % 4 == 3;
        RunOptions options = RunOptions.standard().withWorkers(workers).withValidate(true);
        RunOptions chosen = (failFast ? options.failFast() : options).withAhead(1 + (int) (seed % 7));
        RandomGraph actual = new RandomGraph(seed, FRAMES);
        RandomGraph expected = new RandomGraph(seed, FRAMES);

        OracleView.Result oracle;
        try (MemoryPool pool = new MemoryPool(1L << 30, false)) {
            oracle = Oracle.run(expected.graph(), expected.ports, pool, failFast);
        }
        OracleView.Result executor = execute(actual, chosen);

        assertThat(executor.frames())
                .as(() -> "seed " + seed + ", error " + executor.error() + "\n" + actual.graph())
                .isEqualTo(oracle.frames());
        assertThat(executor.error().isPresent()).isEqualTo(oracle.error().isPresent());
        if (failFast && !oracle.error().equals(Optional.of("stopped"))) {
            assertThat(executor.error()).isEqualTo(oracle.error());
        }
        assertThat(actual.recorder.taken).isEqualTo(expected.recorder.taken);
    }

    private static OracleView.Result execute(RandomGraph graph, RunOptions options) {
        Subscription subscription = Subscription.every(graph.ports.toArray(Out[]::new));
        List<String> frames = new ArrayList<>();
        try (Run run =
                Pipeline.of(List.of(subscription), List.of(graph.recorder)).start(options)) {
            try {
                for (Frame frame : run) {
                    frames.add(frame.id() + " "
                            + graph.ports.stream()
                                    .map(port -> Values.text(frame.outcome(port)))
                                    .collect(Collectors.joining(" ")));
                }
                return new OracleView.Result(frames, Optional.empty());
            } catch (FastException error) {
                return new OracleView.Result(frames, Optional.of(error.getMessage()));
            }
        }
    }
}
