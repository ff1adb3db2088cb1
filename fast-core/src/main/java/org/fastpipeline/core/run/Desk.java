// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where one subscriber picks its frames up. Changed under the run's lock only.
final class Desk {
    /// Frames of a newest-only subscription that may be in work, waiting ones included.
    private static final int NEWEST_IN_WORK = 2;

    final Subscription subscription;
    final WorkPlan work;

    /// What can be picked up; for a late subscription that nobody has joined, what is shown first to who joins.
    final Deque<Pick> laidOut = new ArrayDeque<>();

    /// For a newest-only subscription, the frames it wants that have not been picked up.
    final Set<FrameState> inWork = new HashSet<>();

    /// The newest frame, if it is not known yet whether it is wanted.
    @Nullable FrameState undecided;

    /// The frame that was laid out last; static ones are laid out before they are through.
    @Nullable FrameState shown;

    /// The snapshot that is being made.
    @Nullable Snapshot making;

    boolean joined;

    /// Whether frames are wanted but dropped at once.
    boolean dropping;

    /// How many threads wait here.
    int waiting;

    /// A frame, or a snapshot of it.
    record Pick(FrameState frame, @Nullable Snapshot snapshot) {}

    Desk(Subscription subscription, WorkPlan work) {
        this.subscription = subscription;
        this.work = work;
        this.joined = subscription.joined();
    }

    boolean isNewestOnly() {
        return subscription.isNewestOnly();
    }

    /// Whether a static frame was shown, or a later one.
    boolean hasShown(FrameState frame) {
        return frame.domain.isRoot() && shown != null && shown.sequence >= frame.sequence;
    }

    boolean hasTime() {
        return inWork.size() < NEWEST_IN_WORK;
    }

    /// Whether somebody waits for something that is not there.
    boolean isWaitedAt() {
        return dropping || (joined && waiting > 0 && laidOut.isEmpty());
    }

    /// Whether a frame has a value, a failure or a skip for each port, and none is missing because nobody asked.
    boolean isServedBy(FrameState frame) {
        return work.feeds.stream()
                .map(slots -> frame.outcome(slots.getFirst()))
                .noneMatch(outcome -> outcome == null || outcome == Scheduler.NOT_ASKED);
    }
}
