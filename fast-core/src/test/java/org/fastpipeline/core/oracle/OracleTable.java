// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.MemoryPool;

/// The oracle's table: a row per frame, an outcome per port; and how one node fills one row.
class OracleTable {
    /// Why values of a frame made at a stream's end are missing.
    static final Outcome<Object> ENDED = new Outcome.Skipped<>("ended");

    final Graph graph;
    final MemoryPool pool;
    final Map<Domain, List<Row>> rows = new HashMap<>();

    OracleTable(Graph graph, MemoryPool pool) {
        this.graph = graph;
        this.pool = pool;
    }

    interface Body {
        void on(OracleStep step) throws Exception;
    }

    /// Calls a node once, and once more per transient failure; fills all of its outputs.
    Optional<FastException> call(Graph.Node node, Row row, Domain reads, int retries, Body body) {
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
        return row.atEnd && inputs(node, row, false, true).stream().allMatch(Outcome.Skipped.class::isInstance);
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
