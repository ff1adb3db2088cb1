// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MetadataConflictException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;
import org.jspecify.annotations.Nullable;

/// One attempt at a piece of work, and then how it went; used by one thread.
final class StepRun implements Step, Allocator, Attempt, AutoCloseable {
    private static final Timer UNTIMED = () -> {};

    final WorkPlan work;
    final FrameState frame;
    private final RunCore core;
    private final @Nullable Outcome<?>[] puts;
    private List<Leased<?>> held = List.of();
    private Map<String, Duration> parts = Map.of();
    private Metadata metadata;
    private @Nullable FastException failure;
    private long taken;
    private boolean over;

    StepRun(WorkPlan work, FrameState frame, RunCore core) {
        this.work = work;
        this.frame = frame;
        this.core = core;
        this.puts = new Outcome<?>[work.outs.size()];
        this.metadata = frame.sourceMetadata;
    }

    /// Gathers what is known of the inputs.
    ///
    /// @throws MetadataConflictException if two inputs disagree
    void begin() {
        try {
            metadata = MetadataUnion.of(work, frame);
        } catch (MetadataConflictException conflict) {
            metadata = MetadataUnion.lenient(work, frame);
            throw conflict;
        }
    }

    @Override
    public FrameId frame() {
        return frame.id();
    }

    @Override
    public <T> T get(In<T> in) {
        List<Slot> feeds = feeds(in);
        if (feeds.isEmpty()) {
            throw missing(in, "it is not connected, or is read per frame of another domain");
        }
        return value(in, feeds.getFirst());
    }

    @Override
    public <T> Optional<T> find(In<T> in) {
        List<Slot> feeds = feeds(in);
        return feeds.isEmpty() ? Optional.empty() : Optional.of(value(in, feeds.getFirst()));
    }

    @Override
    public <T> List<T> get(Ins<T> in) {
        return feeds(in).stream().map(slot -> value(in, slot)).toList();
    }

    @Override
    public <T> Outcome<T> outcome(In<T> in) {
        List<Slot> feeds = feeds(in);
        if (feeds.isEmpty()) {
            return new Outcome.Skipped<>("not connected");
        }
        return switch (found(feeds.getFirst())) {
            case Outcome.Value<?> _ -> new Outcome.Value<>(value(in, feeds.getFirst()));
            case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
            case Outcome.Failed<?>(var cause) -> new Outcome.Failed<>(cause);
        };
    }

    private List<Slot> feeds(Input<?> in) {
        checkOpen();
        if (!in.owner().equals(work.node)) {
            throw new WrongUseException(
                    toString(), "met port " + in + " of another node; needed one of its own", "Read own ports only");
        }
        return work.feeds.get(in.position());
    }

    private Outcome<?> found(Slot slot) {
        return Objects.requireNonNull(frame.outcome(slot), "a step begins when its inputs are known");
    }

    private <T> T value(Input<T> in, Slot slot) {
        return switch (found(slot)) {
            case Outcome.Value<?>(Leased<?> payload) -> {
                Leased<?> handle = payload.retain(this);
                hold(handle);
                yield in.type().cast(handle);
            }
            case Outcome.Value<?>(Object value) -> in.type().cast(value);
            case Outcome.Skipped<?>(String reason) -> throw missing(in, reason);
            case Outcome.Failed<?>(var cause) ->
                throw new MissingValueException(in.toString(), frame.toString(), "it failed", cause);
        };
    }

    private MissingValueException missing(Input<?> in, String reason) {
        return new MissingValueException(in.toString(), frame.toString(), reason, null);
    }

    @Override
    public <T> T get(Parameter<T> parameter) {
        if (!parameter.owner().equals(work.node)) {
            throw new WrongUseException(
                    toString(),
                    "met parameter " + parameter + " of another node; needed one of its own",
                    "Read own parameters only");
        }
        return parameter.declaration().type().cast(frame.parameters.get(work.parameters + parameter.position()));
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }

    @Override
    public <T> void put(Out<T> out, T value) {
        checkFills(out);
        T checked = out.type().cast(value);
        if (checked instanceof Leased<?> payload) {
            payload.publish();
            puts[out.position()] = new Outcome.Value<>(payload.retain(work.outs.get(out.position())));
        } else {
            puts[out.position()] = new Outcome.Value<>(checked);
        }
    }

    @Override
    public void skip(Out<?> out, String reason) {
        checkFills(out);
        puts[out.position()] = new Outcome.Skipped<>(reason);
    }

    @Override
    public void fail(Out<?> out, FastException cause) {
        checkFills(out);
        puts[out.position()] = new Outcome.Failed<>(cause);
    }

    private void checkFills(Out<?> out) {
        checkOpen();
        if (!out.owner().equals(work.node) || work.outs.isEmpty()) {
            throw new WrongUseException(
                    toString(),
                    "met a result for port " + out + ", which this step does not fill; needed a port of its own",
                    "Put results in the method that is called per frame of the port's domain");
        }
        if (puts[out.position()] != null) {
            throw new WrongUseException(
                    toString(), "met a second result for port " + out + "; needed one", "Put once per frame");
        }
    }

    @Override
    public <T> void tag(Key<T> key, T value) {
        checkOpen();
        metadata = metadata.with(key, value);
    }

    @Override
    public TimeSource clock() {
        return core.options.clock();
    }

    @Override
    public Allocator memory() {
        return this;
    }

    @Override
    public Lease allocate(long bytes) {
        checkOpen();
        Lease lease = core.pool.allocate(bytes, this);
        hold(lease);
        taken += bytes;
        return lease;
    }

    @Override
    public Timer timer(String part) {
        return core.meter.measures(work) ? Step.super.timer(part) : UNTIMED;
    }

    @Override
    public void time(String part, Duration duration) {
        if (!core.meter.measures(work)) {
            return;
        }
        if (parts.isEmpty()) {
            parts = new LinkedHashMap<>();
        }
        parts.merge(part, duration, Duration::plus);
    }

    /// Times of the parts that it reported.
    Map<String, Duration> parts() {
        return parts;
    }

    /// Bytes of memory it took; none if it failed, as they are given back then.
    long taken() {
        return failure == null ? taken : 0;
    }

    /// What was put; skipped where nothing was.
    @Override
    public Outcome<?> result(int position) {
        if (failure != null) {
            return new Outcome.Failed<>(failure);
        }
        Outcome<?> put = puts[position];
        return put != null ? put : new Outcome.Skipped<>(work.name + " made none");
    }

    @Override
    public @Nullable FastException failure() {
        return failure;
    }

    /// The step failed: its results count no more.
    void fail(FastException cause) {
        failure = cause;
        discard();
    }

    /// Lets go of what was put.
    void discard() {
        for (int i = 0; i < puts.length; i++) {
            if (puts[i] instanceof Outcome.Value<?>(Leased<?> payload)) {
                payload.close();
            }
            puts[i] = null;
        }
    }

    /// Ends the step: what it read and allocated is given back.
    @Override
    public void close() {
        over = true;
        held.forEach(Leased::close);
        held = List.of();
    }

    /// Most steps hold little or nothing, so the list is made when it is needed.
    private void hold(Leased<?> payload) {
        if (held.isEmpty()) {
            held = new ArrayList<>();
        }
        held.add(payload);
    }

    private void checkOpen() {
        if (over) {
            throw new ReleasedException("a step", toString());
        }
    }

    @Override
    public String toString() {
        return work.name + ", frame " + frame;
    }
}
