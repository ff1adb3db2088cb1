// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.memory.MemoryPool;

/// What a graph means: a naive interpreter for finite streams, one node after another over all frames, on one
/// thread.
///
/// It uses the graph and the nodes, and nothing of the executor. Nothing is given back before the end.
final class Oracle extends OracleTable {
    /// Computes the graph for all frames and all parameter changes.
    Oracle(Graph graph, MemoryPool pool, Changes changes) throws Exception {
        super(graph, pool, changes);
        for (Graph.Node node : graph.nodes()) {
            compute(node);
        }
    }

    private void compute(Graph.Node node) throws Exception {
        List<Row> frames = frames(node);
        switch (node.object()) {
            case Stateless stateless -> {
                for (Row row : frames) {
                    if (!reuse(node, row) && !pass(node, row)) {
                        call(node, row, row.domain, stateless.retries(), stateless::execute);
                    }
                }
            }
            case Stateful<?> stateful -> {
                for (Row parent : parents(node.domain())) {
                    boolean isStatic = node.domain().equals(Graph.ROOT);
                    List<Row> group = isStatic ? frames : groups(frames).getOrDefault(parent, List.of());
                    remember(node, stateful, parent, group, frames);
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
                if (node.outputDomain().equals(Graph.ROOT)) {
                    Row first = epochs.firstEntry().getValue();
                    epochs.tailMap(0L).values().forEach(later -> takeOver(node, first, later));
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

    /// The rows below which `domain` was opened; the root row itself for the root.
    private List<Row> parents(Domain domain) {
        Optional<Graph.Node> opener = graph.nodes().stream()
                .filter(node -> node.object() instanceof Source<?> || node.object() instanceof Restream<?>)
                .filter(node -> node.outputDomain().equals(domain))
                .findFirst();
        return rows.get(domain.parent().orElse(domain)).stream()
                .filter(row -> !merged.containsKey(domain) || merged.get(domain).contains(row))
                .filter(row ->
                        opener.isEmpty() || !(obstacle(opener.get(), row).orElse(null) instanceof Outcome.Skipped<?>))
                .toList();
    }

    private static Map<Row, List<Row>> groups(List<Row> frames) {
        Map<Row, List<Row>> groups = new LinkedHashMap<>();
        frames.forEach(row -> groups.computeIfAbsent(row.parent.orElse(row), _ -> new ArrayList<>())
                .add(row));
        return groups;
    }

    private <S> void remember(Graph.Node node, Stateful<S> stateful, Row parent, List<Row> group, List<Row> frames) {
        List<S> state = new ArrayList<>();
        Optional<FastException> broken = Optional.empty();
        for (Row row : group) {
            if ((broken.isEmpty() && reuse(node, row)) || pass(node, row)) {
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
            stamp(end, calls - 1);
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
                count(node);
                try {
                    next = cursor.getFirst().next();
                } catch (Exception thrown) {
                    Row broken = new Row(node.outputDomain(), Optional.of(parent), sequence);
                    failures.add(StepException.of(node.name(), broken.id.toString(), thrown));
                    break;
                }
                if (!(next instanceof Next.Item<K>(K key, var metadata))) {
                    break;
                }
                Row row = new Row(node.outputDomain(), Optional.of(parent), sequence++);
                stamp(row, calls - 1);
                frames.add(row);
                row.said = metadata;
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
            stamp(row, calls - 1);
            fill(node, row, Map.of(), new Outcome.Failed<>(failure));
            frames.add(row);
        }
    }

    private void count(Graph.Node node) {
        if (changes.conductor.filter(node.object()::equals).isPresent()) {
            calls++;
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
        merged.computeIfAbsent(node.outputDomain(), _ -> new HashSet<>()).add(parent);
        Map<Domain, Deque<Row>> queues = new HashMap<>();
        node.feeds()
                .forEach(outs -> outs.forEach(
                        out -> queues.computeIfAbsent(graph.domain(out), domain -> rows.get(domain).stream()
                                .filter(row -> row.parent.equals(Optional.of(parent)))
                                .filter(row -> !isOver(node, row))
                                .collect(Collectors.toCollection(ArrayDeque::new)))));
        OracleIntake intake = new OracleIntake(graph, node, queues, pool);
        S state = restream.open();
        boolean more = true;
        for (long sequence = 0; more; sequence++) {
            Row row = new Row(node.outputDomain(), Optional.of(parent), sequence);
            boolean[] made = new boolean[1];
            more = call(node, row, parent.domain, 0, step -> {
                                made[0] = restream.next(state, intake, step);
                                row.said = step.metadata();
                            })
                            .isEmpty()
                    && made[0];
            if (more || row.values.values().stream().anyMatch(Outcome.Failed.class::isInstance)) {
                rows.get(node.outputDomain()).add(row);
            }
        }
    }

    static MissingValueException missing(In<?> in, FrameId frame, Outcome<?> met) {
        return met instanceof Outcome.Failed<?>(FastException cause)
                ? new MissingValueException(in.toString(), frame.toString(), "it failed", cause)
                : new MissingValueException(in.toString(), frame.toString(), "skipped", null);
    }
}
