// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.Leased;
import org.jspecify.annotations.Nullable;

/// What one frame has for the ports of a subscription.
///
/// Valid until the iterator's next call or the run's end, whichever is first; so are the payloads it gives. What is
/// to be kept longer is retained from the payload. Thread-safe.
public final class Frame implements AutoCloseable {
    private final RunCore core;
    private final FrameState state;
    private final WorkPlan work;
    private final @Nullable Snapshot snapshot;
    private final List<Leased<?>> handles = new ArrayList<>();
    private boolean closed;

    Frame(RunCore core, Desk.Pick pick, WorkPlan work) {
        this.core = core;
        this.state = pick.frame();
        this.work = work;
        this.snapshot = pick.snapshot();
    }

    /// Whether it shows what folds have gathered so far, and not their results.
    public boolean isSnapshot() {
        return snapshot != null;
    }

    /// Who the frame is.
    public FrameId id() {
        return state.id();
    }

    /// The value of `port`.
    ///
    /// @throws MissingValueException if it was skipped
    /// @throws FastException the port's failure, if it failed
    public <T> T get(Out<T> port) {
        return switch (outcome(port)) {
            case Outcome.Value<T>(T value) -> value;
            case Outcome.Skipped<T>(String reason) ->
                throw new MissingValueException(port.toString(), state.toString(), reason, null);
            case Outcome.Failed<T>(FastException cause) -> throw cause;
        };
    }

    /// What the frame has for `port`.
    ///
    /// @throws WrongUseException if the subscription does not name the port
    public <T> Outcome<T> outcome(Out<T> port) {
        Slot slot = slot(port);
        return switch (found(slot)) {
            case Outcome.Value<?>(Leased<?> payload) ->
                new Outcome.Value<>(port.type().cast(handle(payload)));
            case Outcome.Value<?>(Object value) ->
                new Outcome.Value<>(port.type().cast(value));
            case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
            case Outcome.Failed<?>(FastException cause) -> new Outcome.Failed<>(cause);
        };
    }

    private Outcome<?> found(Slot slot) {
        Outcome<?> found = snapshot == null ? state.outcome(slot) : snapshot.outcome(slot);
        return Objects.requireNonNull(found, "a frame is delivered when its ports are known");
    }

    /// The metadata that came with `port`.
    public Metadata metadata(Out<?> port) {
        Slot slot = slot(port);
        Metadata found = snapshot == null ? state.at(slot.domain).metadata[slot.index] : snapshot.metadata(slot);
        return Objects.requireNonNull(found, "known with its outcome");
    }

    /// The first failure among the subscription's ports.
    public Optional<FastException> failure() {
        for (List<Slot> slots : work.feeds) {
            if (found(slots.getFirst()) instanceof Outcome.Failed<?>(FastException cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    private synchronized Leased<?> handle(Leased<?> payload) {
        checkOpen();
        Leased<?> handle = payload.retain(this);
        handles.add(handle);
        return handle;
    }

    private synchronized Slot slot(Out<?> port) {
        checkOpen();
        Slot slot = core.plan.slot(port);
        if (work.feeds.stream().noneMatch(slots -> slots.getFirst() == slot)) {
            throw new WrongUseException(
                    "frame " + state,
                    "met port " + slot + ", which the subscription does not name; needed one it names",
                    "Name it when subscribing");
        }
        return slot;
    }

    private void checkOpen() {
        if (closed) {
            throw new ReleasedException("frame " + state, "its subscriber");
        }
    }

    /// Gives the frame back before the iterator does; more than once is allowed.
    @Override
    public void close() {
        if (closeHandles()) {
            core.locked(this::giveBack);
        }
    }

    /// Closes what was read of it.
    ///
    /// @return whether the frame is still to be given back
    synchronized boolean closeHandles() {
        if (closed) {
            return false;
        }
        closed = true;
        handles.forEach(Leased::close);
        handles.clear();
        return true;
    }

    /// Gives it back once its handles are closed. Under the run's lock.
    void giveBack() {
        if (snapshot != null) {
            snapshot.close();
        } else {
            core.settle(() -> core.deliveries.giveBack(state, work));
        }
    }

    @Override
    public String toString() {
        return "frame " + state;
    }
}
