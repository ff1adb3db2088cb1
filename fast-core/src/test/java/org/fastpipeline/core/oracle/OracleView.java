// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Sink;

/// What a subscriber of some ports and the sinks see of a computed graph.
final class OracleView {
    /// The frames as text, and why there are no more, if the run ended early.
    record Result(List<String> frames, Optional<String> error) {}

    private final Oracle oracle;
    private final Graph graph;
    private final List<Out<?>> ports;
    private final Domain domain;
    private final List<String> frames = new ArrayList<>();
    private final Map<Sink<?>, Object> sinks = new HashMap<>();

    OracleView(Oracle oracle, List<Out<?>> ports) {
        this.oracle = oracle;
        this.graph = oracle.graph;
        this.ports = ports;
        this.domain = ports.stream().map(graph::domain).reduce(Graph.ROOT, (a, b) -> a.encloses(b) ? b : a);
    }

    /// Shows the frames one after another to the subscriber and to `watching` sinks.
    Result watch(boolean failFast, Sink<?>... watching) throws Exception {
        for (Sink<?> sink : watching) {
            sinks.put(sink, sink.open());
        }
        Optional<Row> last = stop();
        for (Row row : oracle.rows.get(domain).stream().sorted().toList()) {
            if (last.isPresent() && row.parent.isPresent() && row.top().compareTo(last.get()) > 0) {
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
                return end(failure.map(FastException::getMessage));
            }
            for (Sink<?> sink : sinks.keySet()) {
                take(sink, row);
            }
            if (!isOver(row)) {
                frames.add(row.id + " "
                        + ports.stream().map(port -> text(row, port)).collect(Collectors.joining(" ")));
            }
        }
        boolean stops = last.isPresent() || oracle.stops.containsKey(Graph.ROOT);
        return end(stops ? Optional.of("stopped") : Optional.empty());
    }

    /// The frame after which this subscriber gets no more: the run stops.
    private Optional<Row> stop() {
        return domain.equals(Graph.ROOT)
                ? Optional.empty()
                : oracle.stops.values().stream()
                        .map(Row::top)
                        .filter(top -> !top.domain.equals(Graph.ROOT) && top.domain.encloses(domain))
                        .findFirst();
    }

    private String text(Row row, Out<?> port) {
        Row at = row.at(graph.domain(port));
        return Values.text(at.values.get(port)) + Values.text(at.metadata.getOrDefault(port, Metadata.EMPTY));
    }

    /// A frame made at a stream's end shows nothing to those who wait for other ports.
    private boolean isOver(Row row) {
        return row.atEnd
                && ports.stream()
                        .filter(port -> graph.domain(port).equals(domain))
                        .allMatch(port -> row.values.get(port) instanceof Outcome.Skipped<?>);
    }

    @SuppressWarnings("unchecked")
    private <S> Result end(Optional<String> error) throws Exception {
        for (Map.Entry<Sink<?>, Object> sink : sinks.entrySet()) {
            ((Sink<S>) sink.getKey()).close((S) sink.getValue(), new Completion.Completed());
        }
        return new Result(frames, error);
    }

    @SuppressWarnings("unchecked")
    private <S> void take(Sink<S> sink, Row row) throws Exception {
        Graph.Node node = graph.node(sink);
        if (node.domain().equals(row.domain) && oracle.obstacle(node, row).isEmpty()) {
            sink.execute((S) sinks.get(sink), new OracleStep(graph, node, row, row.domain, oracle.pool));
        }
    }
}
