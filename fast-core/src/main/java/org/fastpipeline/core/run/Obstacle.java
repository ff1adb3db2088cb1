// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.List;
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
        for (int i = 0; i < work.feeds.size(); i++) {
            if (work.isTolerant(i)) {
                continue;
            }
            for (Slot slot : work.feeds.get(i)) {
                Outcome<?> outcome = frame.outcome(slot);
                if (outcome instanceof Outcome.Failed<?>) {
                    return outcome;
                }
                if (outcome instanceof Outcome.Skipped<?> && skipped == null) {
                    skipped = outcome;
                }
            }
        }
        return skipped;
    }

    /// Whether `work` has nothing to do with a frame that was made at the end of its stream: it reads nothing of it.
    static boolean isOver(FrameState frame, WorkPlan work) {
        return frame.atEnd
                && work.feeds.stream()
                        .flatMap(List::stream)
                        .filter(slot -> slot.domain == frame.domain)
                        .allMatch(slot -> frame.outcomes[slot.index] instanceof Outcome.Skipped<?>);
    }
}
