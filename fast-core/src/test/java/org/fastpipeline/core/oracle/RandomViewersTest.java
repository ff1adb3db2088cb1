// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Viewers of random graphs, who come and go as they like: they see frames of the oracle, in order, and change
/// nothing for who takes every frame. `-Dfast.seed=N` replays one graph.
class RandomViewersTest {
    private static final int FRAMES = 20;

    static LongStream seeds() {
        Long only = Long.getLong("fast.seed");
        return only != null ? LongStream.of(only) : LongStream.range(0, Long.getLong("fast.graphs", 50));
    }

    @ParameterizedTest(name = "fast.seed={0}")
    @MethodSource("seeds")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void viewersSeeFramesOfTheOracleAndChangeNothing(long seed) throws Exception {
        RandomGraph actual = new RandomGraph(seed, FRAMES);
        RandomGraph expected = new RandomGraph(seed, FRAMES);
        OracleView.Result oracle;
        boolean stops; // a failure elsewhere ends what is seen here, at any moment
        try (MemoryPool pool = new MemoryPool(1L << 30, false)) {
            Oracle all = new Oracle(expected.graph, pool, expected.changes);
            oracle =
                    new OracleView(all, expected.wishes.getFirst().ports()).watch(false, expected.recorders.getFirst());
            stops = !all.stops.isEmpty();
        }
        Out<?>[] ports = actual.wishes.getFirst().ports().toArray(Out[]::new);
        List<Subscription> subscriptions = new ArrayList<>(List.of(
                Subscription.every(ports),
                Subscription.newest(ports),
                Subscription.newest(ports).late(),
                Subscription.every(ports).late()));
        for (RandomGraph.Wish other : actual.wishes.subList(1, actual.wishes.size())) {
            subscriptions.add(Subscription.newest(other.ports().toArray(Out[]::new)));
        }
        Pipeline pipeline = Pipeline.of(subscriptions, actual.recorders);
        RunOptions options =
                RunOptions.standard().withWorkers(2).withValidate(true).withAhead(1 + (int) (seed % 5));

        actual.changes.arm();
        List<String> all = new ArrayList<>();
        List<List<String>> shown = new ArrayList<>();
        List<Thread> viewers = new ArrayList<>();
        try (Run run = pipeline.start(options)) {
            for (int position = 1; position <= 3; position++) {
                List<String> seen = new CopyOnWriteArrayList<>();
                shown.add(seen);
                viewers.add(viewer(run, position, seed, actual, seen));
            }
            take(run, 0, actual, all);
            for (Thread viewer : viewers) {
                viewer.join();
            }
        }

        String where = "seed " + seed + "\n" + actual.graph;
        int common = Math.min(all.size(), oracle.frames().size());
        assertThat(all).as(where).isEqualTo(oracle.frames().subList(0, common));
        if (!stops) {
            assertThat(all).as(where).isEqualTo(oracle.frames());
            assertThat(actual.recorders.getFirst().taken).isEqualTo(expected.recorders.getFirst().taken);
        }
        boolean isStatic = actual.wishes.getFirst().domain(actual.graph).equals(Graph.ROOT);
        for (List<String> seen :
                isStatic ? shown.subList(0, 1) : shown) { // who joins is shown the newest static values
            List<String> order = new ArrayList<>(oracle.frames());
            order.retainAll(seen);
            assertThat(distinct(seen)).as(where).isEqualTo(order);
        }
        if (!stops && !oracle.frames().isEmpty()) {
            assertThat(shown.getFirst()).as(where).endsWith(oracle.frames().getLast());
        }
    }

    /// Whoever joins again may be shown the frame it left with once more.
    private static List<String> distinct(List<String> seen) {
        return seen.stream().distinct().toList();
    }

    private static Thread viewer(Run run, int position, long seed, RandomGraph graph, List<String> seen) {
        return Thread.ofPlatform().start(() -> {
            if (position == 1) {
                take(run, position, graph, seen);
                return;
            }
            boolean more = true;
            for (long round = seed; more; round++) {
                run.join(position);
                for (int i = 0; more && i <= round % 3; i++) {
                    more = show(run, position, graph, seen);
                }
                run.leave(position);
            }
        });
    }

    private static void take(Run run, int position, RandomGraph graph, List<String> seen) {
        boolean more = true;
        while (more) {
            more = show(run, position, graph, seen);
        }
    }

    private static boolean show(Run run, int position, RandomGraph graph, List<String> seen) {
        Optional<Frame> next;
        try {
            next = run.next(position);
        } catch (FastException error) {
            return false;
        }
        next.ifPresent(frame -> seen.add(ExecutorView.text(graph.wishes.getFirst(), frame)));
        return next.isPresent();
    }
}
