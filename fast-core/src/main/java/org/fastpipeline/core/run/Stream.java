// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Source;
import org.jspecify.annotations.Nullable;

/// An open domain below one parent frame: the frames in flight and the order they keep.
///
/// Changed under the run's lock only.
final class Stream {
    final DomainPlan domain;
    final @Nullable FrameState parent;

    /// The order in which frames pass each ordered work, by the work's index in the domain.
    final Turn[] turns;

    /// State of stateful work and accumulators of folds, by the work's index.
    final @Nullable Object[] states;

    /// Why a stateful work or fold is no longer usable, by the work's index.
    final @Nullable FastException[] broken;

    /// Frames gathered for work on several at once, by the work's index, then by group.
    final Map<WorkPlan, Map<Long, Group>> groups = new HashMap<>();

    /// Frames that have not been given back, oldest first.
    final Map<Long, FrameState> live = new LinkedHashMap<>();

    /// Frames that are complete and wait to leave in order.
    final Map<Long, FrameState> complete = new HashMap<>();

    /// For a restream's stream: frames it may take, by the domain they come from.
    final Map<DomainPlan, Intake> intakes = new HashMap<>();

    Source.@Nullable Cursor<?> cursor;

    /// For a source's stream: who reads it.
    @Nullable Reading<?> reading;

    long admitted;

    /// Frames that came from the source, known once it has ended; later ones were made by stateful nodes.
    long sourced = Long.MAX_VALUE;

    int inFlight;
    long nextToLeave;

    /// Frames that do not leave in order but stand beside it.
    final Set<Long> beside = new HashSet<>();

    /// Why the stream was not opened, if nothing failed.
    Outcome.@Nullable Skipped<?> skipped;

    long left;
    boolean leaving;

    /// Whether no more frames come from the source.
    boolean ended;

    /// How many stateful works have been told of the end.
    int told;

    /// Whether an end is being told right now.
    boolean telling;

    /// Whether all of its frames are through.
    boolean closed;

    /// Whether the run no longer wants frames from it; what arrives for it is let go.
    boolean abandoned;

    /// What the thread that makes its frames waits for, other than in the node itself.
    @Nullable Wait waitsFor;

    /// How many more frames than the graph's shape tells may be in flight, since the run stood still without.
    int relief;

    /// One stream's share of what a restream may take.
    static final class Intake {
        final Deque<FrameState> arrivals = new ArrayDeque<>();
        boolean ended;
    }

    /// Consecutive frames that are worked on at once: those with values, and how many have arrived in all.
    static final class Group {
        final List<FrameState> frames = new ArrayList<>();
        int arrived;
    }

    /// Lets frames pass one at a time, in order.
    static final class Turn {
        long next;

        /// For a fold, whether a child is being added or a snapshot made.
        boolean busy;

        /// For a fold, whether its result waits for a snapshot to be made.
        boolean finishes;

        final Map<Long, FrameState> parked = new HashMap<>();
    }

    Stream(DomainPlan domain, @Nullable FrameState parent) {
        this.domain = domain;
        this.parent = parent;
        int works = domain.works.size();
        this.turns = new Turn[works];
        for (int i = 0; i < works; i++) {
            turns[i] = new Turn();
        }
        this.states = new Object[works];
        this.broken = new FastException[works];
    }

    Intake intake(DomainPlan from) {
        return intakes.computeIfAbsent(from, _ -> new Intake());
    }

    /// Once all frames are given back, delivered ones too, nobody reads the parent's values through this stream.
    void letGoOfParent() {
        if (closed && live.isEmpty() && parent != null) {
            FrameState above = parent;
            domain.inherited.stream()
                    .filter(slot -> slot.domain == above.domain)
                    .forEach(above::doneReading);
        }
    }

    boolean hasStates() {
        for (Object state : states) {
            if (state != null) {
                return true;
            }
        }
        return false;
    }

    /// The next frame in order may leave.
    void leaveOn() {
        do {
            nextToLeave++;
        } while (beside.remove(nextToLeave));
    }

    /// The frame with this number does not leave in order.
    void standBeside(long sequence) {
        if (sequence == nextToLeave) {
            leaveOn();
        } else {
            beside.add(sequence);
        }
    }

    /// Whether all before this stream's next frame are through, so that its frames may leave.
    boolean isHead() {
        return parent == null || (parent.sequence == parent.stream.nextToLeave && parent.stream.isHead());
    }

    /// Whether this stream belongs to the oldest frame in work, at every level. One that only restreams or
    /// newest-only subscribers hold does not count: it may wait for the next.
    boolean isOldest() {
        if (parent == null) {
            return true;
        }
        for (FrameState older : parent.stream.live.values()) {
            if (older == parent || (!older.isFree && (older.open > 0 || older.heldBack == 0))) {
                return older == parent && parent.stream.isOldest();
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return parent == null ? domain.toString() : parent + "/" + domain;
    }
}
