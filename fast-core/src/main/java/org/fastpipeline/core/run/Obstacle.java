// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import org.fastpipeline.core.graph.Outcome;
import org.jspecify.annotations.Nullable;

/// Why a piece of work is passed over instead of being executed.
final class Obstacle {
    private Obstacle() {}

    /// The outcome that keeps `work` from being executed: a failed input first, else a skipped one.
    static @Nullable Outcome<?> of(FrameState frame, WorkPlan work) {
        if (frame.atEnd && isOver(frame, work)) {
            return FrameState.ENDED;
        }
        Outcome<?> skipped = null;
        for (Slot slot : work.strict) {
            Outcome<?> outcome = frame.outcome(slot);
            if (outcome instanceof Outcome.Failed<?>) {
                return outcome;
            }
            if (outcome instanceof Outcome.Skipped<?> && skipped == null) {
                skipped = outcome;
            }
        }
        return skipped;
    }

    /// Whether `work` has nothing to do with a frame that was made at the end of its stream: it reads nothing of it.
    /// A restream that joins the frame's children reads nothing of the frame itself, and is not over.
    static boolean isOver(FrameState frame, WorkPlan work) {
        if (!frame.atEnd || work.near.length == 0) {
            return false;
        }
        for (Slot slot : work.near) {
            if (!(frame.outcomes[slot.index] instanceof Outcome.Skipped<?>)) {
                return false;
            }
        }
        return true;
    }
}
