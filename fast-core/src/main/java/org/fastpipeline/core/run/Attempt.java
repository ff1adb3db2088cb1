// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.Leased;
import org.jspecify.annotations.Nullable;

/// How a piece of work went: a step that is over, or none at all.
sealed interface Attempt permits StepRun, Attempt.Passed {
    /// What there is for the output at `position`.
    Outcome<?> result(int position);

    /// Metadata of all outputs.
    Metadata metadata();

    /// What the node threw, if it did.
    @Nullable FastException failure();

    /// Nothing was executed.
    ///
    /// @param outcomes one per output
    record Passed(List<Outcome<?>> outcomes, Metadata metadata) implements Attempt {
        @Override
        public Outcome<?> result(int position) {
            return outcomes.get(position);
        }

        @Override
        public @Nullable FastException failure() {
            return null;
        }
    }

    /// All outputs have one outcome.
    static Attempt passed(WorkPlan work, Outcome<?> outcome) {
        return passed(work, outcome, Metadata.EMPTY);
    }

    /// All outputs have one outcome; what is known of the frame goes on with it.
    static Attempt passed(WorkPlan work, Outcome<?> outcome, Metadata metadata) {
        return new Passed(Collections.nCopies(work.outs.size(), outcome), metadata);
    }

    /// The outcomes that an earlier static frame has for this work, held once more.
    static Attempt copied(WorkPlan work, FrameState from) {
        List<Outcome<?>> outcomes = new ArrayList<>();
        Metadata metadata = Metadata.EMPTY;
        for (Slot slot : work.outs) {
            Outcome<?> outcome = Objects.requireNonNull(from.outcomes[slot.index]);
            outcomes.add(
                    outcome instanceof Outcome.Value<?>(Leased<?> payload)
                            ? new Outcome.Value<>(payload.retain(slot))
                            : outcome);
            metadata = from.metadata[slot.index];
        }
        return new Passed(outcomes, metadata);
    }
}
