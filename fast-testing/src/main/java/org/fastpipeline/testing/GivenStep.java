// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;
import org.fastpipeline.core.memory.MemoryPool;

/// One call of the node under test: reads what was given, keeps what is put, and ends all its handles when closed.
final class GivenStep implements Step, AutoCloseable {
    private final ProcessObject node;
    private final FrameId frame;
    private final Given given;
    private final Metadata own;
    private final MemoryPool pool;
    private final TimeSource clock;
    private final boolean putsCount;
    private final Map<Out<?>, Outcome<?>> puts = new LinkedHashMap<>();
    private final Map<String, Duration> times = new LinkedHashMap<>();
    private final Deque<Leased<?>> handles = new ArrayDeque<>();
    private Metadata tags;
    private boolean taken;
    private boolean closed;

    GivenStep(
            ProcessObject node,
            FrameId frame,
            Given given,
            Metadata own,
            MemoryPool pool,
            TimeSource clock,
            boolean putsCount) {
        this.clock = clock;
        this.putsCount = putsCount;
        this.node = node;
        this.frame = frame;
        this.given = given;
        this.own = own;
        this.pool = pool;
        this.tags = own;
    }

    /// The results; whoever asks closes them.
    NodeResult result() {
        taken = true;
        return new NodeResult(node, frame, puts, given.metadata().with(tags), times);
    }

    @Override
    public FrameId frame() {
        return frame;
    }

    @Override
    public <T> T get(In<T> in) {
        return switch (outcome(in)) {
            case Outcome.Value<T>(T value) -> value;
            case Outcome.Skipped<T>(String reason) ->
                throw new MissingValueException(in.toString(), frame.toString(), reason, null);
            case Outcome.Failed<T>(var cause) ->
                throw new MissingValueException(in.toString(), frame.toString(), "it failed", cause);
        };
    }

    @Override
    public <T> Optional<T> find(In<T> in) {
        return outcome(in) instanceof Outcome.Value<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    @Override
    public <T> List<T> get(Ins<T> in) {
        List<T> values = new ArrayList<>();
        for (Outcome<?> outcome : outcomes(in)) {
            if (outcome instanceof Outcome.Value<?>(Object value)) {
                values.add(lend(in, value));
            }
        }
        return List.copyOf(values);
    }

    @Override
    public <T> Outcome<T> outcome(In<T> in) {
        List<Outcome<?>> outcomes = outcomes(in);
        if (outcomes.isEmpty()) {
            return new Outcome.Skipped<>("not connected");
        }
        return switch (outcomes.getFirst()) {
            case Outcome.Value<?>(Object value) -> new Outcome.Value<>(lend(in, value));
            case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
            case Outcome.Failed<?>(var cause) -> new Outcome.Failed<>(cause);
        };
    }

    private List<Outcome<?>> outcomes(Input<?> in) {
        checkOpen();
        return given.outcomes(in);
    }

    /// A payload is lent as a handle of its own, so that using it after the step fails as it would in a pipeline.
    private <T> T lend(Input<T> in, Object value) {
        if (value instanceof Leased<?> payload) {
            Leased<?> handle = payload.retain(node);
            handles.push(handle);
            return in.type().cast(handle);
        }
        return in.type().cast(value);
    }

    @Override
    public <T> T get(Parameter<T> parameter) {
        checkOpen();
        return given.value(parameter);
    }

    @Override
    public Metadata metadata() {
        checkOpen();
        return given.metadata().with(own);
    }

    @Override
    public <T> void put(Out<T> out, T value) {
        checkPut(out);
        Object kept = value;
        if (value instanceof Leased<?> payload) {
            payload.publish();
            kept = payload.retain(node.name() + "." + out.name());
        }
        puts.put(out, new Outcome.Value<>(kept));
    }

    @Override
    public void skip(Out<?> out, String reason) {
        checkPut(out);
        puts.put(out, new Outcome.Skipped<>(reason));
    }

    @Override
    public void fail(Out<?> out, FastException cause) {
        checkPut(out);
        puts.put(out, new Outcome.Failed<>(cause));
    }

    private void checkPut(Out<?> out) {
        checkOpen();
        if (!putsCount) {
            throw new WrongUseException(
                    node.name(),
                    "met a put on " + out + " while the source is opened; needed none, for there is no frame yet",
                    "Put in load");
        }
        if (!out.owner().equals(node) || puts.containsKey(out)) {
            throw new WrongUseException(
                    node.name() + ", frame " + frame,
                    !out.owner().equals(node)
                            ? "met a put on " + out + "; needed an output of its own"
                            : "met a second put on " + out + "; needed at most one",
                    "Put once on each output of the node");
        }
    }

    @Override
    public <T> void tag(Key<T> key, T value) {
        checkOpen();
        tags = tags.with(key, value);
    }

    @Override
    public TimeSource clock() {
        return clock;
    }

    @Override
    public Allocator memory() {
        return bytes -> {
            checkOpen();
            Lease lease = pool.allocate(bytes, node + ", frame " + frame);
            handles.push(lease);
            return lease;
        };
    }

    @Override
    public void time(String part, Duration duration) {
        checkOpen();
        times.merge(part, duration, Duration::plus);
    }

    private void checkOpen() {
        if (closed) {
            throw new WrongUseException(
                    node.name() + ", frame " + frame,
                    "met a step used after the node's method returned; needed one in use",
                    "Do not keep the step");
        }
    }

    @Override
    public void close() {
        closed = true;
        while (!handles.isEmpty()) {
            handles.pop().close();
        }
        if (!taken) {
            NodeResult.close(puts.values());
        }
    }
}
