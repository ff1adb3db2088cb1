// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.memory.Leased;

/// A frame that a restream holds.
final class Taken implements Restream.Arrival {
    private final RunCore core;
    private final FrameState frame;
    private final WorkPlan take;
    private final List<List<Slot>> feeds;
    private final List<Leased<?>> held = new ArrayList<>();
    boolean closed;

    Taken(RunCore core, FrameState frame, WorkPlan take, List<List<Slot>> feeds) {
        this.core = core;
        this.frame = frame;
        this.take = take;
        this.feeds = feeds;
    }

    /// What feeds one connection of `in`.
    static Slot feed(Input<?> in, int connection, List<Slot> slots) {
        if (connection < 0 || connection >= slots.size()) {
            throw new WrongUseException(
                    in.toString(),
                    "met connection " + connection + "; needed one of " + slots.size(),
                    "Connect it before the pipeline is built");
        }
        return slots.get(connection);
    }

    @Override
    public FrameId frame() {
        return frame.id();
    }

    @Override
    public Metadata metadata() {
        return MetadataUnion.of(take, frame);
    }

    @Override
    public <T> T get(In<T> in) {
        return switch (outcome(in)) {
            case Outcome.Value<T>(T value) -> value;
            case Outcome.Skipped<T>(String reason) ->
                throw new MissingValueException(in.toString(), frame.toString(), reason, null);
            case Outcome.Failed<T>(FastException cause) ->
                throw new MissingValueException(in.toString(), frame.toString(), "it failed", cause);
        };
    }

    @Override
    public <T> Outcome<T> outcome(In<T> in) {
        return outcome(in, 0);
    }

    @Override
    public <T> Outcome<T> outcome(Ins<T> in, int connection) {
        return outcome((Input<T>) in, connection);
    }

    private <T> Outcome<T> outcome(Input<T> in, int connection) {
        Slot slot = feed(in, connection, feeds.get(in.position()));
        return switch (slot.domain == frame.domain ? frame.outcome(slot) : null) {
            case Outcome.Value<?>(Leased<?> payload) -> {
                Leased<?> handle = payload.retain(take);
                held.add(handle);
                yield new Outcome.Value<>(in.type().cast(handle));
            }
            case Outcome.Value<?>(Object value) -> new Outcome.Value<>(in.type().cast(value));
            case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
            case Outcome.Failed<?>(FastException cause) -> new Outcome.Failed<>(cause);
            case null -> new Outcome.Skipped<>("it is of another stream");
        };
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            held.forEach(Leased::close);
            core.lockedAndSettled(() -> {
                core.merging.letGo(frame, take);
                return true;
            });
        }
    }
}
