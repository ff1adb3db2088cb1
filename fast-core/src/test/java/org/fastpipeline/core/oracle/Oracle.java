// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.memory.MemoryPool;

/// What a graph means: a naive interpreter for finite streams, one node after another over all frames, on one thread.
///
/// It uses the graph and the nodes, and nothing of the executor. Nothing is given back before the end.
public final class Oracle {
    /// Why values of a frame made at a stream's end are missing.
    static final Outcome<Object> ENDED = new Outcome.Skipped<>("ended");

    /// A frame with all that is known of it.
    static final class Row implements Comparable<Row> {
        final Domain domain;
        final Optional<Row> parent;
        final FrameId id;
        final Map<Out<?>, Outcome<?>> values = new HashMap<>();
        final Map<Out<?>, org.fastpipeline.core.data.Metadata> metadata = new HashMap<>();
        boolean atEnd;

        Row(Domain domain, Optional<Row> parent, long sequence) {
            this.domain = domain;
            this.parent = parent;
            this.id = new FrameId(parent.map(above -> above.id), domain.name(), sequence);
        }

        Row at(Domain wanted) {
            return domain.equals(wanted) ? this : parent.orElseThrow().at(wanted);
        }

        Row top() {
            return parent.isPresent() && parent.get().parent.isPresent()
                    ? parent.get().top()
                    : this;
        }

        @Override
        public int compareTo(Row other) {
            int order = parent.isPresent() ? parent.get().compareTo(other.parent.orElseThrow()) : 0;
            return order != 0 ? order : Long.compare(id.sequence(), other.id.sequence());
        }
    }

    /// What subscribers of some ports see, and why it ended early, if it did.
    public record Result(List<String> frames, Optional<String> error) {}

    private final Graph graph;
    private final MemoryPool pool;
    private final Map<Domain, List<Row>> rows = new HashMap<>();
    private Optional<Row> stop = Optional.empty();

    private Oracle(Graph graph, MemoryPool pool) {
        this.graph = graph;
        this.pool = pool;
    }

    /// Computes the graph; `ports` lie in one domain and those that enclose it.
    public static Result run(Graph graph, List<Out<?>> ports, MemoryPool pool, boolean failFast) throws Exception {
        Oracle oracle = new Oracle(graph, pool);
        oracle.rows.put(Graph.ROOT, new ArrayList<>(List.of(new Row(Graph.ROOT, Optional.empty(), 0))));
        for (Graph.Node node : graph.nodes()) {
            oracle.compute(node);
        }
        Domain watched = ports.stream().map(graph::domain).reduce(Graph.ROOT, (a, b) -> a.encloses(b) ? b : a);
        return oracle.watch(watched, ports, failFast);
    }

    private Result watch(Domain domain, List<Out<?>> ports, boolean failFast) throws Exception {
        List<String> frames = new ArrayList<>();
        Map<Sink<?>, Object> sinks = new HashMap<>();
        for (Graph.Node node : graph.nodes()) {
            if (node.object() instanceof Sink<?> sink) {
                sinks.put(sink, sink.open());
            }
        }
        Optional<Row> last =
                stop.filter(row -> row.top().domain.encloses(domain)).map(Row::top);
        for (Row row : rows.get(domain).stream().sorted().toList()) {
            if (last.isPresent() && row.top().compareTo(last.get()) > 0) {
                break;
            }
            List<Outcome<?>> seen = ports.stream()
                    .<Outcome<?>>map(port -> row.at(graph.domain(port)).values.get(port))
                    .toList();
            Optional<FastException> failure = seen.stream()
                    .filter(Outcome.Failed.class::isInstance)
                    .map(outcome -> ((Outcome.Failed<?>) outcome).cause())
                    .findFirst();
            if (failFast && failure.isPresent()) {
                return end(frames, sinks, failure.map(FastException::getMessage));
            }
            for (Sink<?> sink : sinks.keySet()) {
                take(sink, sinks.get(sink), row);
            }
            boolean over = row.atEnd
                    && ports.stream()
                            .filter(port -> graph.domain(port).equals(domain))
                            .allMatch(port -> row.values.get(port) instanceof Outcome.Skipped<?>);
            if (!over) {
                frames.add(row.id + " " + seen.stream().map(Values::text).collect(Collectors.joining(" ")));
            }
        }
        return end(frames, sinks, last.map(_ -> "stopped"));
    }

    @SuppressWarnings("unchecked")
    private static <S> Result end(List<String> frames, Map<Sink<?>, Object> sinks, Optional<String> error)
            throws Exception {
        for (Map.Entry<Sink<?>, Object> sink : sinks.entrySet()) {
            ((Sink<S>) sink.getKey()).close((S) sink.getValue(), new Completion.Completed());
        }
        return new Result(frames, error);
    }

    @SuppressWarnings("unchecked")
    private <S> void take(Sink<S> sink, Object state, Row row) throws Exception {
        Graph.Node node = graph.node(sink);
        if (node.domain().equals(row.domain) && obstacle(node, row).isEmpty()) {
            sink.execute((S) state, new OracleStep(graph, node, row, row.domain, pool));
        }
    }

    private interface Body {
        void on(OracleStep step) throws Exception;
    }

    /// Calls a node once, and once more per transient failure; fills all of its outputs.
    private Optional<FastException> call(Graph.Node node, Row row, Domain reads, int retries, Body body) {
        for (int tries = 0; ; tries++) {
            OracleStep step = new OracleStep(graph, node, row, reads, pool);
            try {
                body.on(step);
                fill(node, row, step.puts, new Outcome.Skipped<>("none made"));
                describe(node, row, step);
                return Optional.empty();
            } catch (Exception thrown) {
                FastException failure = StepException.of(node.name(), row.id.toString(), thrown);
                if (tries == retries || !(thrown instanceof FastException known && known.isTransient())) {
                    fill(node, row, Map.of(), new Outcome.Failed<>(failure));
                    describe(node, row, step);
                    return Optional.of(failure);
                }
            }
        }
    }

    private void describe(Graph.Node node, Row row, OracleStep step) {
        if (row.domain.equals(node.outputDomain())) {
            node.object().outputs().forEach(out -> row.metadata.put(out, step.metadata()));
        }
    }

    /// Passes a node over: its outputs have one outcome, and go on with what is known of the frame.
    private void pass(Graph.Node node, Row row, Outcome<?> outcome) {
        fill(node, row, Map.of(), outcome);
        if (outcome != ENDED) {
            describe(node, row, new OracleStep(graph, node, row, row.domain, pool));
        }
    }

    private static void fill(Graph.Node node, Row row, Map<Out<?>, Outcome<?>> puts, Outcome<?> otherwise) {
        if (row.domain.equals(node.outputDomain())) {
            node.object().outputs().forEach(out -> row.values.put(out, puts.getOrDefault(out, otherwise)));
        }
    }

    /// The outcomes on inputs of `node` that are seen from `row`; without those declared for outcomes if `strict`.
    private List<Outcome<?>> inputs(Graph.Node node, Row row, boolean strict, boolean own) {
        return node.object().inputs().stream()
                .filter(input -> !strict || input.need() != Input.Need.OUTCOME)
                .flatMap(input -> node.feeds().get(input.position()).stream())
                .filter(out -> graph.domain(out).encloses(row.domain))
                .filter(out -> !own || graph.domain(out).equals(row.domain))
                .<Outcome<?>>map(out -> row.at(graph.domain(out)).values.get(out))
                .toList();
    }

    private boolean isOver(Graph.Node node, Row row) {
        return row.atEnd && inputs(node, row, false, true).stream().allMatch(Outcome.Skipped.class::isInstance);
    }

    private Optional<Outcome<?>> obstacle(Graph.Node node, Row row) {
        if (isOver(node, row)) {
            return Optional.of(ENDED);
        }
        List<Outcome<?>> strict = inputs(node, row, true, false);
        return Stream.of(Outcome.Failed.class, Outcome.Skipped.class)
                .flatMap(kind -> strict.stream().filter(kind::isInstance))
                .findFirst();
    }

    private void compute(Graph.Node node) throws Exception {
        List<Row> frames = rows.get(node.domain());
        switch (node.object()) {
            case Stateless stateless -> {
                for (Row row : frames) {
                    if (!pass(node, row)) {
                        call(node, row, row.domain, stateless.retries(), stateless::execute);
                    }
                }
            }
            case Stateful<?> stateful -> {
                for (Row parent : parents(node.domain())) {
                    remember(node, stateful, parent, groups(frames).getOrDefault(parent, List.of()), frames);
                }
            }
            case Source<?> source -> {
                rows.put(node.outputDomain(), new ArrayList<>());
                for (Row row : frames) {
                    read(node, source, row);
                }
            }
            case Fold<?> fold -> {
                Map<Row, List<Row>> groups = groups(frames);
                for (Row parent : rows.get(node.outputDomain())) {
                    fold(node, fold, parent, groups.getOrDefault(parent, List.of()));
                }
            }
            case Restream<?> restream -> {
                rows.put(node.outputDomain(), new ArrayList<>());
                for (Row parent : rows.get(node.outputDomain().parent().orElseThrow())) {
                    merge(node, restream, parent);
                }
            }
            case Sink<?> _ -> {}
        }
    }

    private boolean pass(Graph.Node node, Row row) {
        Optional<Outcome<?>> obstacle = obstacle(node, row);
        obstacle.ifPresent(outcome -> pass(node, row, outcome));
        return obstacle.isPresent();
    }

    /// The rows below which `domain` was opened; the root row itself for the root.
    private List<Row> parents(Domain domain) {
        Optional<Graph.Node> opener = graph.nodes().stream()
                .filter(node -> node.object() instanceof Source<?> || node.object() instanceof Restream<?>)
                .filter(node -> node.outputDomain().equals(domain))
                .findFirst();
        return rows.get(domain.parent().orElse(domain)).stream()
                .filter(row ->
                        opener.isEmpty() || !(obstacle(opener.get(), row).orElse(null) instanceof Outcome.Skipped<?>))
                .toList();
    }

    private static Map<Row, List<Row>> groups(List<Row> frames) {
        Map<Row, List<Row>> groups = new java.util.LinkedHashMap<>();
        frames.forEach(row -> groups.computeIfAbsent(row.parent.orElse(row), _ -> new ArrayList<>())
                .add(row));
        return groups;
    }

    private void stopAt(Row row) {
        if (stop.isEmpty() || row.top().compareTo(stop.get().top()) < 0) {
            stop = Optional.of(row);
        }
    }

    private <S> void remember(Graph.Node node, Stateful<S> stateful, Row parent, List<Row> group, List<Row> frames) {
        List<S> state = new ArrayList<>();
        Optional<FastException> broken = Optional.empty();
        for (Row row : group) {
            if (pass(node, row)) {
                continue;
            }
            if (broken.isPresent()) {
                pass(node, row, new Outcome.Failed<>(broken.get()));
                continue;
            }
            Optional<FastException> failure = call(node, row, row.domain, 0, step -> {
                if (state.isEmpty()) {
                    state.add(stateful.open());
                }
                stateful.execute(state.getFirst(), step);
            });
            if (failure.isPresent()) {
                state.clear();
                if (!stateful.restarts()) {
                    broken = failure;
                    stopAt(row);
                }
            }
        }
        if (broken.isEmpty() && !node.domain().equals(Graph.ROOT)) {
            Row end = new Row(
                    node.domain(),
                    Optional.of(parent),
                    group.isEmpty() ? 0 : group.getLast().id.sequence() + 1);
            end.atEnd = true;
            Optional<FastException> failure = call(node, end, end.domain, 0, step -> {
                if (state.isEmpty()) {
                    state.add(stateful.open());
                }
                stateful.end(state.getFirst(), step);
            });
            failure.ifPresent(_ -> stopAt(end));
            if (failure.isPresent() || end.values.values().stream().anyMatch(Outcome.Value.class::isInstance)) {
                graph.nodes().stream()
                        .filter(earlier -> earlier.outputDomain().equals(end.domain))
                        .forEach(earlier ->
                                earlier.object().outputs().forEach(out -> end.values.putIfAbsent(out, ENDED)));
                unfill(node, end);
                frames.add(end);
            }
        }
    }

    /// Nodes after `node` will fill their outputs of the end frame themselves.
    private void unfill(Graph.Node node, Row end) {
        List<Graph.Node> nodes = graph.nodes();
        nodes.subList(nodes.indexOf(node) + 1, nodes.size())
                .forEach(later -> later.object().outputs().forEach(end.values::remove));
    }

    private <K> void read(Graph.Node node, Source<K> source, Row parent) throws Exception {
        Optional<Outcome<?>> obstacle = obstacle(node, parent);
        List<Row> frames = rows.get(node.outputDomain());
        List<FastException> failures = new ArrayList<>();
        if (obstacle.orElse(null) instanceof Outcome.Failed<?>(FastException cause)) {
            failures.add(cause);
        } else if (obstacle.isEmpty()) {
            List<Source.Cursor<K>> cursor = new ArrayList<>();
            Row scratch = parent;
            call(node, scratch, parent.domain, 0, step -> cursor.add(source.open(step)))
                    .ifPresent(failures::add);
            long sequence = 0;
            while (failures.isEmpty()) {
                Next<K> next;
                try {
                    next = cursor.getFirst().next();
                } catch (Exception thrown) {
                    failures.add(StepException.of(node.name(), node.name() + "#" + sequence, thrown));
                    break;
                }
                if (!(next instanceof Next.Item<K>(K key, var metadata))) {
                    break;
                }
                Row row = new Row(node.outputDomain(), Optional.of(parent), sequence++);
                frames.add(row);
                call(node, row, parent.domain, source.retries(), step -> {
                    step.add(metadata);
                    source.load(key, step);
                });
            }
        }
        for (FastException failure : failures) {
            Row row = new Row(
                    node.outputDomain(),
                    Optional.of(parent),
                    frames.stream()
                            .filter(known -> known.parent.orElseThrow() == parent)
                            .count());
            fill(node, row, Map.of(), new Outcome.Failed<>(failure));
            frames.add(row);
        }
    }

    private <A> void fold(Graph.Node node, Fold<A> fold, Row parent, List<Row> children) {
        List<A> accumulator = new ArrayList<>();
        Optional<FastException> broken = Optional.empty();
        for (Row child : children) {
            Optional<Outcome<?>> obstacle = obstacle(node, child);
            if (broken.isEmpty() && obstacle.orElse(null) instanceof Outcome.Failed<?>(FastException cause)) {
                broken = Optional.of(cause);
            } else if (broken.isEmpty() && obstacle.isEmpty()) {
                broken = call(node, child, child.domain, 0, step -> {
                    if (accumulator.isEmpty()) {
                        accumulator.add(fold.begin(new OracleStep(graph, node, parent, parent.domain, pool)));
                    }
                    fold.add(accumulator.getFirst(), step);
                });
            }
        }
        Optional<Outcome<?>> obstacle =
                obstacle(node, parent).or(() -> accumulator.isEmpty() ? skippedSource(node, parent) : Optional.empty());
        if (broken.isPresent()) {
            pass(node, parent, new Outcome.Failed<>(broken.get()));
        } else if (obstacle.isPresent() && accumulator.isEmpty()) {
            pass(node, parent, obstacle.get());
        } else {
            call(node, parent, parent.domain, 0, step -> {
                if (accumulator.isEmpty()) {
                    accumulator.add(fold.begin(step));
                }
                fold.finish(accumulator.getFirst(), step);
            });
        }
    }

    /// The reason why the domain below `parent` that `fold` gathers was not opened, if that was no failure.
    private Optional<Outcome<?>> skippedSource(Graph.Node fold, Row parent) {
        return graph.nodes().stream()
                .filter(node -> node.object() instanceof Source<?>
                        && node.outputDomain().equals(fold.domain()))
                .findFirst()
                .flatMap(node -> obstacle(node, parent))
                .filter(Outcome.Skipped.class::isInstance);
    }

    private <S> void merge(Graph.Node node, Restream<S> restream, Row parent) throws Exception {
        Map<Domain, Deque<Row>> queues = new HashMap<>();
        node.feeds()
                .forEach(outs -> outs.forEach(
                        out -> queues.computeIfAbsent(graph.domain(out), domain -> rows.get(domain).stream()
                                .filter(row -> row.parent.equals(Optional.of(parent)))
                                .filter(row -> !isOver(node, row))
                                .collect(Collectors.toCollection(ArrayDeque::new)))));
        S state = restream.open();
        boolean more = true;
        for (long sequence = 0; more; sequence++) {
            Row row = new Row(node.outputDomain(), Optional.of(parent), sequence);
            boolean[] made = new boolean[1];
            more = call(
                                    node,
                                    row,
                                    parent.domain,
                                    0,
                                    step -> made[0] = restream.next(state, in -> taken(node, queues, in), step))
                            .isEmpty()
                    && made[0];
            if (more || row.values.values().stream().anyMatch(Outcome.Failed.class::isInstance)) {
                rows.get(node.outputDomain()).add(row);
            }
        }
    }

    private Optional<Restream.Arrival> taken(Graph.Node node, Map<Domain, Deque<Row>> queues, In<?> in) {
        Domain domain = graph.domain(node.feeds().get(in.position()).getFirst());
        return Optional.ofNullable(queues.get(domain).poll())
                .map(row -> new OracleStep(graph, node, row, domain, pool).asArrival());
    }

    static MissingValueException missing(In<?> in, FrameId frame, Outcome<?> met) {
        return met instanceof Outcome.Failed<?>(FastException cause)
                ? new MissingValueException(in.toString(), frame.toString(), "it failed", cause)
                : new MissingValueException(in.toString(), frame.toString(), "skipped", null);
    }
}
