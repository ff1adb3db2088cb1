// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.memory.MemoryPool;

/// The oracle's table: a row per frame, an outcome per port; and how one node fills one row.
class OracleTable {
    /// Why values of a frame made at a stream's end are missing.
    static final Outcome<Object> ENDED = new Outcome.Skipped<>("ended");

    final Graph graph;
    final MemoryPool pool;
    final Changes changes;
    final Map<Domain, List<Row>> rows = new HashMap<>();

    /// The static rows, one per parameter epoch, by the conductor's call with which it begins.
    final TreeMap<Long, Row> epochs = new TreeMap<>();

    /// The frames after which the run stops because a node lost its state, by the domain at the top of the path.
    final Map<Domain, Row> stops = new HashMap<>();

    /// The rows below which restreams opened a domain.
    final Map<Domain, Set<Row>> merged = new HashMap<>();

    /// How often the conductor was asked for a frame.
    long calls;

    OracleTable(Graph graph, MemoryPool pool, Changes changes) {
        this.graph = graph;
        this.pool = pool;
        this.changes = changes;
        Row first = new Row(Graph.ROOT, Optional.empty(), 0);
        rows.put(Graph.ROOT, new ArrayList<>(List.of(first)));
        epochs.put(-1L, first);
        changes.byCall.keySet().forEach(this::beginEpoch);
    }

    private void beginEpoch(long call) {
        Map<Parameter<?>, Changes.Setting> now = changes.after(call);
        Row last = epochs.lastEntry().getValue();
        boolean same = graph.nodes().stream()
                .filter(OracleTable::isStatic)
                .flatMap(node -> node.object().parameters().stream())
                .allMatch(parameter -> value(parameter, now).equals(value(parameter, last.parameters)));
        if (!same) {
            Row epoch = new Row(Graph.ROOT, Optional.empty(), last.id.sequence() + 1);
            epoch.parameters = now;
            epochs.put(call, epoch);
        }
    }

    private static boolean isStatic(Graph.Node node) {
        return node.domain().equals(Graph.ROOT)
                && (node.object() instanceof Stateless || node.object() instanceof Stateful<?>);
    }

    private static Object value(Parameter<?> parameter, Map<Parameter<?>, Changes.Setting> changed) {
        Changes.Setting set = changed.get(parameter);
        return set == null ? parameter.value() : set;
    }

    /// The rows `node` works on.
    List<Row> frames(Graph.Node node) {
        return isStatic(node) ? List.copyOf(epochs.values()) : Objects.requireNonNull(rows.get(node.domain()));
    }

    /// A frame that the conductor gave with a call sees all changes up to then.
    void stamp(Row row, long call) {
        changes.conductor
                .map(graph::node)
                .filter(conductor -> conductor.outputDomain().equals(row.domain))
                .ifPresent(_ -> {
                    row.parameters = changes.after(call);
                    row.statics = epochs.floorEntry(call).getValue();
                });
    }

    /// Takes over what an earlier static row has, if no change has reached it.
    boolean reuse(Graph.Node node, Row row) {
        Row before = row.domain.equals(Graph.ROOT) && row.parent.isEmpty() && row.id.sequence() > 0
                ? epochs.values().stream()
                        .filter(epoch -> epoch.id.sequence() == row.id.sequence() - 1)
                        .findFirst()
                        .orElseThrow()
                : row;
        boolean unchanged = before != row
                && node.object().parameters().stream().allMatch(parameter -> value(parameter, row.parameters)
                        .equals(value(parameter, before.parameters)))
                && node.feeds().stream().flatMap(List::stream).allMatch(row.takenOver::contains)
                && node.object().outputs().stream()
                        .noneMatch(out -> before.values.get(out) instanceof Outcome.Failed<?>);
        if (unchanged) {
            takeOver(node, before, row);
        }
        return unchanged;
    }

    static void takeOver(Graph.Node node, Row before, Row row) {
        for (Out<?> out : node.object().outputs()) {
            row.values.put(out, before.values.get(out));
            row.metadata.put(out, before.metadata.getOrDefault(out, Metadata.EMPTY));
            row.takenOver.add(out);
        }
    }

    /// The run stops after this frame; a later static row is none that frames wait for.
    void stopAt(Row row) {
        if (row.parent.isEmpty() && row.id.sequence() > 0) {
            return;
        }
        stops.merge(row.top().domain, row, (one, other) -> other.top().compareTo(one.top()) < 0 ? other : one);
    }

    interface Body {
        void on(OracleStep step) throws Exception;
    }

    /// Calls a node once, and once more per transient failure; fills all of its outputs.
    Optional<FastException> call(Graph.Node node, Row row, Domain reads, int retries, Body body) {
        for (int tries = 0; ; tries++) {
            OracleStep step = new OracleStep(graph, node, row, reads, pool);
            try {
                step.union(true);
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

    void describe(Graph.Node node, Row row, OracleStep step) {
        if (row.domain.equals(node.outputDomain())) {
            node.object().outputs().forEach(out -> row.metadata.put(out, step.metadata()));
        }
    }

    /// Passes a node over: its outputs have one outcome, and go on with what is known of the frame.
    void pass(Graph.Node node, Row row, Outcome<?> outcome) {
        fill(node, row, Map.of(), outcome);
        if (outcome != ENDED) {
            describe(node, row, new OracleStep(graph, node, row, row.domain, pool));
        }
    }

    static void fill(Graph.Node node, Row row, Map<Out<?>, Outcome<?>> puts, Outcome<?> otherwise) {
        if (row.domain.equals(node.outputDomain())) {
            node.object().outputs().forEach(out -> row.values.put(out, puts.getOrDefault(out, otherwise)));
        }
    }

    /// The outcomes on inputs of `node` that are seen from `row`; without those declared for outcomes if `strict`.
    List<Outcome<?>> inputs(Graph.Node node, Row row, boolean strict, boolean own) {
        return node.object().inputs().stream()
                .filter(input -> !strict || input.need() != Input.Need.OUTCOME)
                .flatMap(input -> node.feeds().get(input.position()).stream())
                .filter(out -> graph.domain(out).encloses(row.domain))
                .filter(out -> !own || graph.domain(out).equals(row.domain))
                .<Outcome<?>>map(out -> row.at(graph.domain(out)).values.get(out))
                .toList();
    }

    boolean isOver(Graph.Node node, Row row) {
        List<Outcome<?>> own = inputs(node, row, false, true);
        return row.atEnd && !own.isEmpty() && own.stream().allMatch(Outcome.Skipped.class::isInstance);
    }

    Optional<Outcome<?>> obstacle(Graph.Node node, Row row) {
        if (isOver(node, row)) {
            return Optional.of(ENDED);
        }
        List<Outcome<?>> strict = inputs(node, row, true, false);
        return Stream.of(Outcome.Failed.class, Outcome.Skipped.class)
                .flatMap(kind -> strict.stream().filter(kind::isInstance))
                .findFirst();
    }

    boolean pass(Graph.Node node, Row row) {
        Optional<Outcome<?>> obstacle = obstacle(node, row);
        obstacle.ifPresent(outcome -> pass(node, row, outcome));
        return obstacle.isPresent();
    }
}
