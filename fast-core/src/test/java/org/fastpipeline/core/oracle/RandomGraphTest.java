// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The executor against the oracle, on graphs made from seeds; `-Dfast.seed=N` replays one, `-Dfast.graphs=N` runs
/// more.
class RandomGraphTest {
    private static final int FRAMES = 20;
    private static final Set<Integer> WORKERS = Set.of(1, 2, 4);

    static Stream<Arguments> seeds() {
        Long only = Long.getLong("fast.seed");
        LongStream seeds = only != null ? LongStream.of(only) : LongStream.range(0, Long.getLong("fast.graphs", 500));
        return seeds.boxed().flatMap(seed -> WORKERS.stream().sorted().map(workers -> Arguments.of(seed, workers)));
    }

    @ParameterizedTest(name = "fast.seed={0}, workers={1}")
    @MethodSource("seeds")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyGraphGivesTheOraclesResultForAnyNumberOfWorkers(long seed, int workers) throws Exception {
        boolean failFast = seed % 4 == 3;
        RandomGraph actual = new RandomGraph(seed, FRAMES);
        RandomGraph expected = new RandomGraph(seed, FRAMES);
        try (MemoryPool pool = new MemoryPool(1L << 30, false)) {
            Oracle oracle = new Oracle(expected.graph, pool, expected.changes);
            ExecutorView executor = ExecutorView.watch(actual, seed, workers, failFast);
            compare(seed, expected, oracle, executor, failFast);
            for (int i = 1; i < expected.recorders.size(); i++) {
                RandomNodes.Recorder recorder = expected.recorders.get(i);
                new OracleView(oracle, List.copyOf(recorder.in.feeds())).watch(failFast, recorder);
            }
            for (int i = 0; i < expected.recorders.size(); i++) {
                List<String> all = expected.recorders.get(i).taken;
                compareFrames(
                        "seed " + seed + ", recorder " + i,
                        isExact(oracle, expected, failFast),
                        actual.recorders.get(i).taken,
                        all);
            }
        }
    }

    private static void compare(long seed, RandomGraph expected, Oracle oracle, ExecutorView executor, boolean failFast)
            throws Exception {
        boolean exact = isExact(oracle, expected, failFast);
        for (int i = 0; i < expected.wishes.size(); i++) {
            RandomGraph.Wish wish = expected.wishes.get(i);
            boolean own = failFast && !wish.newestOnly(); // a frame that is dropped stops nothing
            OracleView.Result all = i == 0
                    ? new OracleView(oracle, wish.ports()).watch(own, expected.recorders.getFirst())
                    : new OracleView(oracle, wish.ports()).watch(own);
            OracleView.Result seen = executor.results().get(i);
            String where = "seed " + seed + ", subscription " + i + ", error " + seen.error() + "\n" + expected.graph;
            if (wish.newestOnly()) {
                List<Integer> places =
                        seen.frames().stream().map(all.frames()::indexOf).toList();
                assertThat(places)
                        .as(() -> where + "\nall " + all + "\nseen " + seen)
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .doesNotContain(-1);
                continue;
            }
            compareFrames(where, exact, seen.frames(), all.frames());
            if (exact) {
                assertThat(seen.error().isPresent())
                        .as(where)
                        .isEqualTo(all.error().isPresent());
                if (failFast && !all.error().equals(Optional.of("stopped"))) {
                    assertThat(seen.error()).as(where).isEqualTo(all.error());
                }
            }
        }
    }

    private static void compareFrames(String where, boolean exact, List<String> seen, List<String> all) {
        List<String> expected = exact ? all : all.subList(0, Math.min(seen.size(), all.size()));
        assertThat(seen).as(where).isEqualTo(expected);
    }

    /// Whether it is settled which frames everybody sees: with several subscribers, one's failure stops the others at
    /// any moment.
    private static boolean isExact(Oracle oracle, RandomGraph graph, boolean failFast) throws Exception {
        boolean alone = graph.wishes.size() == 1 && graph.recorders.size() == 1;
        if (alone) {
            return true;
        }
        boolean stops = !oracle.stops.isEmpty();
        for (RandomGraph.Wish wish : graph.wishes) {
            stops |=
                    new OracleView(oracle, wish.ports()).watch(failFast).error().isPresent();
        }
        for (RandomNodes.Recorder recorder : graph.recorders) {
            stops |= new OracleView(oracle, List.copyOf(recorder.in.feeds()))
                    .watch(failFast)
                    .error()
                    .isPresent();
        }
        return !stops;
    }
}
