// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MetadataConflictException;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Leased;
import org.fastpipeline.core.memory.MemoryPool;

/// The oracle's step: reads rows of the table, collects what is put.
final class OracleStep implements Step {
    final Map<Out<?>, Outcome<?>> puts = new HashMap<>();
    private final Graph graph;
    private final Graph.Node node;
    private final Row row;
    private final Domain reads;
    private final MemoryPool pool;
    private Metadata tags = Metadata.EMPTY;

    /// @param reads the deepest domain whose values this step sees
    OracleStep(Graph graph, Graph.Node node, Row row, Domain reads, MemoryPool pool) {
        this.graph = graph;
        this.node = node;
        this.row = row;
        this.reads = reads;
        this.pool = pool;
    }

    void add(Metadata metadata) {
        tags = tags.with(metadata);
    }

    private List<Out<?>> feeds(int position) {
        return node.feeds().get(position).stream()
                .<Out<?>>map(out -> out)
                .filter(out -> graph.domain(out).encloses(reads))
                .toList();
    }

    private Outcome<?> found(Out<?> out) {
        return row.at(graph.domain(out)).values.get(out);
    }

    @Override
    public FrameId frame() {
        return row.id;
    }

    @Override
    public <T> T get(In<T> in) {
        Outcome<?> outcome = feeds(in.position()).stream()
                .findFirst()
                .<Outcome<?>>map(this::found)
                .orElse(new Outcome.Skipped<>("none"));
        if (outcome instanceof Outcome.Value<?>(Object value)) {
            return in.type().cast(value);
        }
        throw Oracle.missing(in, row.id, outcome);
    }

    @Override
    public <T> Optional<T> find(In<T> in) {
        return feeds(in.position()).isEmpty() ? Optional.empty() : Optional.of(get(in));
    }

    @Override
    public <T> List<T> get(Ins<T> in) {
        return feeds(in.position()).stream()
                .map(out -> in.type().cast(((Outcome.Value<?>) found(out)).value()))
                .toList();
    }

    @Override
    public <T> Outcome<T> outcome(In<T> in) {
        return outcome(in, 0);
    }

    private <T> Outcome<T> outcome(Input<T> in, int connection) {
        Out<?> out = node.feeds().get(in.position()).get(connection);
        return switch (found(out)) {
            case Outcome.Value<?>(Object value) -> new Outcome.Value<>(in.type().cast(value));
            case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
            case Outcome.Failed<?>(var cause) -> new Outcome.Failed<>(cause);
        };
    }

    @Override
    public <T> T get(Parameter<T> parameter) {
        Changes.Setting changed = row.parameters.get(parameter);
        return changed == null
                ? parameter.value()
                : parameter.declaration().type().cast(changed.value());
    }

    @Override
    public Metadata metadata() {
        return union(false).with(tags);
    }

    /// What the inputs say together; a key of a deeper domain shadows those above. The result of a fold has what was
    /// said of its frame, too.
    ///
    /// @param strict whether outputs of one domain that disagree are an error; else the first counts
    Metadata union(boolean strict) {
        Metadata union = Metadata.EMPTY;
        for (int depth = reads.depth(); depth >= 0; depth--) {
            Metadata level = Metadata.EMPTY;
            Map<Key<?>, Out<?>> producers = new HashMap<>();
            for (int i = 0; i < node.feeds().size(); i++) {
                for (Out<?> out : feeds(i)) {
                    if (graph.domain(out).depth() == depth) {
                        Metadata next = row.at(graph.domain(out)).metadata.getOrDefault(out, Metadata.EMPTY);
                        if (strict) {
                            check(union, level, next, producers, out);
                        }
                        level = next.with(level);
                    }
                }
            }
            if (depth == reads.depth() && node.object() instanceof Fold<?> && row.domain.equals(node.outputDomain())) {
                level = row.said.with(level);
            }
            union = level.with(union);
        }
        return union;
    }

    private void check(Metadata deeper, Metadata level, Metadata next, Map<Key<?>, Out<?>> producers, Out<?> out) {
        next.entries().forEach((key, value) -> {
            Object before = level.entries().get(key);
            if (before != null && !before.equals(value) && !deeper.entries().containsKey(key)) {
                throw new MetadataConflictException(
                        node.name(),
                        key.name(),
                        "'" + before + "' from " + graph.name(producers.get(key)),
                        "'" + value + "' from " + graph.name(out));
            }
            producers.putIfAbsent(key, out);
        });
    }

    @Override
    public <T> void put(Out<T> out, T value) {
        if (value instanceof Leased<?> payload) {
            payload.publish();
        }
        puts.put(out, new Outcome.Value<>(value));
    }

    @Override
    public void skip(Out<?> out, String reason) {
        puts.put(out, new Outcome.Skipped<>(reason));
    }

    @Override
    public void fail(Out<?> out, FastException cause) {
        puts.put(out, new Outcome.Failed<>(cause));
    }

    @Override
    public <T> void tag(Key<T> key, T value) {
        tags = tags.with(key, value);
    }

    @Override
    public TimeSource clock() {
        return TimeSource.SYSTEM;
    }

    @Override
    public Allocator memory() {
        return bytes -> pool.allocate(bytes, "oracle");
    }

    @Override
    public void time(String part, Duration duration) {}

    Restream.Arrival asArrival() {
        return new Restream.Arrival() {
            @Override
            public FrameId frame() {
                return row.id;
            }

            @Override
            public <T> T get(In<T> in) {
                return OracleStep.this.get(in);
            }

            @Override
            public <T> Outcome<T> outcome(In<T> in) {
                return OracleStep.this.outcome(in);
            }

            @Override
            public <T> Outcome<T> outcome(Ins<T> in, int connection) {
                return OracleStep.this.outcome(in, connection);
            }

            @Override
            public Metadata metadata() {
                return OracleStep.this.metadata();
            }

            @Override
            public void close() {}
        };
    }
}
