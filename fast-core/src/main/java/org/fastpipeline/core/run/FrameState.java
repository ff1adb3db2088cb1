// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.Leased;
import org.jspecify.annotations.Nullable;

/// One frame in work: its outcomes so far, what is still to be done, who still needs it.
///
/// Changed under the run's lock only. A step reads outcomes without it: they were written before the step was
/// handed out.
final class FrameState implements Comparable<FrameState> {
    /// Why outcomes of a frame made by the end of a stream are skipped.
    static final Outcome.Skipped<Object> ENDED = new Outcome.Skipped<>("the stream has ended");

    /// Work, or a later frame of the static root, waiting for an outcome of this frame.
    record Waiter(FrameState frame, WorkPlan work) {}

    final DomainPlan domain;
    final Stream stream;
    final @Nullable FrameState parent;
    final long sequence;

    /// When it was admitted, if frames are timed.
    long admitted;

    /// When it entered each stretch that is timed.
    @Nullable Long @Nullable [] marks;

    private final int depth;

    /// Parameter values, as they were at admission.
    final List<Object> parameters;

    final @Nullable Outcome<?>[] outcomes;
    final Metadata[] metadata;
    final int[] pending;
    private final int[] readers;

    /// Who waits for an outcome; the map is made when somebody does, which is seldom.
    private Map<Slot, List<Waiter>> waiters = Map.of();

    /// For a later frame of the static root: slots whose outcome was taken over from the one before.
    private @Nullable BitSet takenOver;

    /// The streams below this frame, by child domain.
    List<Stream> children = List.of();

    /// What the source named this frame by.
    @Nullable Object key;

    /// Whether the source was called to load the key, which is its own again since.
    boolean keyTaken;

    /// What the source or restream said of this frame.
    Metadata sourceMetadata = Metadata.EMPTY;

    /// Whether this frame was made by a stateful node at the end of its stream.
    boolean atEnd;

    /// Whether such a frame waits to be made, for values of enclosing frames.
    boolean isBeingMade;

    /// Subscriptions that do not want this frame, nor what is below it.
    @Nullable BitSet unwanted;

    /// Subscriptions of which it is not known yet.
    @Nullable BitSet undecided;

    /// Whether this is a later frame of the static root that comes up while streams run: it leaves to nobody.
    boolean standsBeside;

    /// Work and child streams that are not done yet.
    int open;

    /// Who needs the frame: itself until it is through, its children, deliveries.
    int holders = 1;

    /// Restreams among the holders.
    int heldBack;

    /// Those of the holders that do not hold admission back: newest-only subscribers, and children that only
    /// those hold.
    int lent;

    /// Whether only such ones are left.
    boolean isFree;

    /// Sinks that are still to take it.
    int sinksLeft;

    /// Memory that it is expected to take still.
    long reserved;

    /// Memory that it took so far.
    long taken;

    /// What stops the run once this frame is through.
    @Nullable Stop stop;

    /// A failure that ends the run, and where it happened.
    record Stop(FrameState frame, int position, FastException cause) {}

    FrameState(Stream stream, @Nullable FrameState parent, long sequence, List<Object> parameters) {
        this.domain = stream.domain;
        this.stream = stream;
        this.parent = parent;
        this.sequence = sequence;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.parameters = parameters;
        int slots = domain.slots.size();
        this.outcomes = new Outcome<?>[slots];
        this.metadata = new Metadata[slots];
        this.readers = new int[slots];
        this.pending = new int[domain.works.size()];
        this.open = domain.completing;
        for (int i = 0; i < slots; i++) {
            readers[i] = domain.slots.get(i).readerCount;
        }
    }

    FrameId id() {
        Optional<FrameId> above = parent == null ? Optional.empty() : Optional.of(parent.id());
        return new FrameId(above, domain.domain.name(), sequence);
    }

    /// This frame or the one above it that lives in `wanted`.
    FrameState at(DomainPlan wanted) {
        FrameState at = this;
        while (at.domain != wanted) {
            at = Objects.requireNonNull(at.parent, "a slot lives in the frame's domain or above");
        }
        return at;
    }

    @Nullable Outcome<?> outcome(Slot slot) {
        return at(slot.domain).outcomes[slot.index];
    }

    /// Opens the domains below this frame.
    void openChildren() {
        if (!domain.children.isEmpty()) {
            children = domain.children.stream()
                    .map(child -> new Stream(child, this))
                    .toList();
        }
    }

    void await(Slot slot, Waiter waiter) {
        if (waiters.isEmpty()) {
            waiters = new HashMap<>();
        }
        waiters.computeIfAbsent(slot, _ -> new ArrayList<>()).add(waiter);
    }

    List<Waiter> takeWaiters(Slot slot) {
        List<Waiter> waiting = waiters.isEmpty() ? null : waiters.remove(slot);
        return waiting == null ? List.of() : waiting;
    }

    /// One reader of `slot` is done; the value goes with its last reader. Static values stay as long as their
    /// frame.
    void doneReading(Slot slot) {
        if (--readers[slot.index] == 0 && !domain.isRoot()) {
            giveBack(slot.index);
        }
    }

    /// Whether this is a later frame of the static root, which opens no streams of its own.
    boolean isLaterRoot() {
        return domain.isRoot() && sequence > 0;
    }

    /// Whether this frame is directly below the static root.
    boolean isTop() {
        return parent != null && parent.domain.isRoot();
    }

    boolean isTakenOver(Slot slot) {
        return takenOver != null && takenOver.get(slot.index);
    }

    void markTakenOver(Slot slot) {
        if (takenOver == null) {
            takenOver = new BitSet();
        }
        takenOver.set(slot.index);
    }

    boolean isUnread(Slot slot) {
        return readers[slot.index] == 0 && !domain.isRoot();
    }

    void giveBack(int slot) {
        if (outcomes[slot] instanceof Outcome.Value<?>(Leased<?> payload)) {
            payload.close();
        }
    }

    void giveBackAll() {
        for (int i = 0; i < outcomes.length; i++) {
            giveBack(i);
        }
    }

    /// The frame directly below the static root that this one belongs to; the root itself for a static frame.
    FrameState top() {
        FrameState at = this;
        while (at.parent != null && at.parent.parent != null) {
            at = at.parent;
        }
        return at;
    }

    /// Older frames first; a parent before its children.
    @Override
    public int compareTo(FrameState other) {
        if (stream == other.stream) {
            return Long.compare(sequence, other.sequence);
        }
        int otherDepth = other.depth;
        FrameState left = up(this, depth - otherDepth);
        FrameState right = up(other, otherDepth - depth);
        int order = depth - otherDepth;
        while (left != right) {
            if (left.sequence != right.sequence) {
                order = Long.compare(left.sequence, right.sequence);
            }
            if (left.parent == null || right.parent == null) {
                break;
            }
            left = left.parent;
            right = right.parent;
        }
        return order;
    }

    private static FrameState up(FrameState from, int levels) {
        FrameState at = from;
        for (int i = 0; i < levels && at.parent != null; i++) {
            at = at.parent;
        }
        return at;
    }

    @Override
    public String toString() {
        return id().toString();
    }
}
