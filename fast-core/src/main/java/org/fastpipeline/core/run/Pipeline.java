// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.measure.RunReport;
import org.jspecify.annotations.Nullable;

/// A checked graph with what is wanted of it.
///
/// ```java
/// try (var run = Pipeline.to(density.density, overlay.image).start()) {
///     for (Frame frame : run) {
///         System.out.println(frame.get(density.density));
///     }
/// }
/// ```
///
/// Immutable but for the run behind [#pull]; any number of runs may go on at once.
public final class Pipeline implements AutoCloseable {
    private final Plan plan;
    private final Gathered gathered;
    private @Nullable Run pulled;
    private List<Object> pulledWith = List.of();
    private boolean pulledFailure;

    private Pipeline(Plan plan) {
        this.plan = plan;
        this.gathered = Gathered.of(plan);
    }

    /// The pipeline that computes `ports` for every frame.
    ///
    /// @throws org.fastpipeline.core.error.GraphException with every fault of the graph
    public static Pipeline to(Out<?>... ports) {
        return of(List.of(Subscription.every(ports)), List.of());
    }

    /// The pipeline that feeds `sinks` with every frame.
    ///
    /// @throws org.fastpipeline.core.error.GraphException with every fault of the graph
    public static Pipeline to(Sink<?>... sinks) {
        return of(List.of(), List.of(sinks));
    }

    /// The pipeline that serves several subscriptions and sinks at once.
    ///
    /// @throws org.fastpipeline.core.error.GraphException with every fault of the graph
    public static Pipeline of(List<Subscription> subscriptions, List<? extends Sink<?>> sinks) {
        List<Out<?>> ports = new ArrayList<>();
        subscriptions.forEach(subscription -> ports.addAll(subscription.ports()));
        Graph graph = Graph.of(ports, sinks);
        return new Pipeline(PlanBuilder.build(graph, ImmutableList.copyOf(subscriptions)));
    }

    /// This pipeline with more to serve: further subscriptions come after its own.
    ///
    /// @throws org.fastpipeline.core.error.GraphException with every fault of the graph
    public Pipeline with(List<Subscription> subscriptions, List<? extends Sink<?>> sinks) {
        List<Subscription> all = new ArrayList<>(plan.subscriptions);
        all.addAll(subscriptions);
        List<Sink<?>> ends = new ArrayList<>(sinks);
        for (Graph.Node node : plan.graph.nodes()) {
            if (node.object() instanceof Sink<?> sink) {
                ends.add(sink);
            }
        }
        return of(all, ends);
    }

    /// Its subscriptions, in the order of their positions.
    public ImmutableList<Subscription> subscriptions() {
        return plan.subscriptions;
    }

    /// The graph behind it.
    public Graph graph() {
        return plan.graph;
    }

    /// Begins a run with standard options: frames are computed some way ahead of who takes them.
    public Run start() {
        return start(RunOptions.standard());
    }

    /// Begins a run.
    public Run start(RunOptions options) {
        return new Run(plan, options, Run.Pace.AHEAD);
    }

    /// Begins a run in which nothing is computed before somebody asks for it.
    public Run onDemand(RunOptions options) {
        return new Run(plan, options, Run.Pace.ON_DEMAND);
    }

    /// Runs to the end with standard options, dropping the frames; for pipelines that end in sinks.
    ///
    /// @return what was done
    /// @throws org.fastpipeline.core.error.FastException if the run stopped on an error
    public RunReport run() {
        try (Run run = start()) {
            return run.finish();
        }
    }

    /// Computes exactly one frame: the next of a stream, or the static one, which is computed again only after a
    /// change.
    ///
    /// A static value that is gathered from a whole stream is so again if a parameter upstream of it was changed,
    /// or if it failed. The frame is valid until the next call.
    ///
    /// @return nothing after the end of the stream
    public synchronized Optional<Frame> pull() {
        Run run = pulled;
        List<Object> now = gathered.values();
        if (run != null && !now.isEmpty() && (pulledFailure || !now.equals(pulledWith))) {
            close();
            run = null;
        }
        if (run == null) {
            run = onDemand(RunOptions.standard());
            pulled = run;
            pulledWith = now;
        }
        Optional<Frame> frame = run.next();
        pulledFailure = frame.flatMap(Frame::failure).isPresent();
        return frame;
    }

    /// Ends what [#pull] began; needed only after a pull.
    @Override
    public synchronized void close() {
        Run run = pulled;
        pulled = null;
        if (run != null) {
            run.close();
        }
    }
}
