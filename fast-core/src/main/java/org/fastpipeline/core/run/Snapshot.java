// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.HashMap;
import java.util.Map;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.Leased;
import org.jspecify.annotations.Nullable;

/// What the folds of a subscription have gathered for a frame so far, copied. Changed under the run's lock only.
final class Snapshot {
    final Desk desk;
    final FrameState frame;

    /// The folds that are still to be copied, each once it has gathered that many children.
    final Map<WorkPlan, Long> awaited = new HashMap<>();

    private final Map<Slot, Outcome<?>> outcomes = new HashMap<>();
    private final Map<Slot, Metadata> metadata = new HashMap<>();

    /// How many folds are being copied.
    private int begun;

    /// Whether it is of no use any more.
    private boolean isVoid;

    Snapshot(Desk desk, FrameState frame) {
        this.desk = desk;
        this.frame = frame;
    }

    /// A fold is being copied.
    void begin(WorkPlan fold) {
        awaited.remove(fold);
        begun++;
    }

    /// A fold has been copied.
    void add(StepRun step) {
        begun--;
        for (int i = 0; i < step.work.outs.size(); i++) {
            outcomes.put(step.work.outs.get(i), step.result(i));
            metadata.put(step.work.outs.get(i), step.metadata());
        }
        if (isVoid) {
            close();
        }
    }

    boolean isWhole() {
        return begun == 0 && awaited.isEmpty() && !isVoid;
    }

    /// Whether each port has a value or a failure; a fold may make no snapshots.
    boolean isWorthShowing() {
        return desk.work.feeds.stream()
                .map(slots -> outcomes.get(slots.getFirst()))
                .noneMatch(outcome -> outcome == null || outcome instanceof Outcome.Skipped<?>);
    }

    @Nullable Outcome<?> outcome(Slot slot) {
        return outcomes.get(slot);
    }

    @Nullable Metadata metadata(Slot slot) {
        return metadata.get(slot);
    }

    /// Gives the copies back, those that are still being made too.
    void close() {
        isVoid = true;
        awaited.clear();
        for (Outcome<?> outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Value<?>(Leased<?> payload)) {
                payload.close();
            }
        }
    }
}
