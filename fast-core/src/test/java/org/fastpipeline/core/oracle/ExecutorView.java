// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;

/// What the subscribers see of a graph that the executor runs.
///
/// @param results one per subscription
record ExecutorView(List<OracleView.Result> results) {
    /// Runs a graph to its end, ahead of who takes the frames or on demand, as the seed says.
    static ExecutorView watch(RandomGraph graph, long seed, int workers, boolean failFast) throws Exception {
        graph.changes.arm();
        RunOptions options = RunOptions.standard().withWorkers(workers).withValidate(true);
        RunOptions chosen = (failFast ? options.failFast() : options).withAhead(1 + (int) (seed % 7));
        List<Subscription> subscriptions = graph.wishes.stream()
                .map(wish -> {
                    Out<?>[] ports = wish.ports().toArray(Out[]::new);
                    return wish.newestOnly() ? Subscription.newest(ports) : Subscription.every(ports);
                })
                .toList();
        // On demand a static port can be had any number of times.
        boolean ahead = seed % 3 != 1 || graph.wishes.stream().anyMatch(wish -> isStatic(graph, wish));
        try (Pipeline pipeline = Pipeline.of(subscriptions, graph.recorders)) {
            if (!ahead && graph.wishes.size() == 1 && !failFast && workers == 2) {
                return new ExecutorView(List.of(watch(graph.wishes.getFirst(), pipeline::pull)));
            }
            try (Run run = ahead ? pipeline.start(chosen) : pipeline.onDemand(chosen)) {
                return watch(graph, run);
            }
        }
    }

    private static boolean isStatic(RandomGraph graph, RandomGraph.Wish wish) {
        return wish.domain(graph.graph).equals(Graph.ROOT);
    }

    /// Each subscriber has a thread of its own: one that waits for another would hold the stream up.
    private static ExecutorView watch(RandomGraph graph, Run run) throws Exception {
        List<Future<OracleView.Result>> watching = new ArrayList<>();
        try (ExecutorService subscribers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < graph.wishes.size(); i++) {
                int position = i;
                watching.add(subscribers.submit(() -> watch(graph.wishes.get(position), () -> run.next(position))));
            }
        }
        List<OracleView.Result> results = new ArrayList<>();
        for (Future<OracleView.Result> one : watching) {
            results.add(one.get());
        }
        return new ExecutorView(results);
    }

    private static OracleView.Result watch(RandomGraph.Wish wish, Supplier<Optional<Frame>> source) {
        List<String> frames = new ArrayList<>();
        try {
            for (Optional<Frame> frame = source.get(); frame.isPresent(); frame = source.get()) {
                frames.add(text(wish, frame.get()));
            }
            return new OracleView.Result(frames, Optional.empty());
        } catch (FastException error) {
            return new OracleView.Result(frames, Optional.of(error.getMessage()));
        }
    }

    /// What a frame shows of the ports that are wished for.
    static String text(RandomGraph.Wish wish, Frame frame) {
        return frame.id() + " "
                + wish.ports().stream()
                        .map(port -> Values.text(frame.outcome(port)) + Values.text(frame.metadata(port)))
                        .collect(Collectors.joining(" "));
    }
}
