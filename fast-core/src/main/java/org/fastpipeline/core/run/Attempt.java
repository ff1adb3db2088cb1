// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.Leased;
import org.jspecify.annotations.Nullable;

/// How a piece of work went.
///
/// @param outcomes one per output
/// @param metadata metadata of all outputs
/// @param failure what it threw, if it did
/// @param nanoseconds how long it took
/// @param parts times of parts it reported
/// @param taken bytes of memory it took
/// @param executed whether the node was called at all
record Attempt(
        List<Outcome<?>> outcomes,
        Metadata metadata,
        @Nullable FastException failure,
        long nanoseconds,
        Map<String, Duration> parts,
        long taken,
        boolean executed) {

    static Attempt of(StepRun step, long nanoseconds) {
        return new Attempt(
                List.of(step.results()), step.metadata(), null, nanoseconds, step.parts(), step.taken(), true);
    }

    /// The node threw; what is known of the frame goes on with the failure.
    static Attempt failed(WorkPlan work, Metadata metadata, FastException failure, long nanoseconds) {
        return new Attempt(
                same(work, new Outcome.Failed<>(failure)), metadata, failure, nanoseconds, Map.of(), 0, true);
    }

    /// Nothing was executed: all outputs have one outcome.
    static Attempt passed(WorkPlan work, Outcome<?> outcome) {
        return passed(work, outcome, Metadata.EMPTY);
    }

    /// Nothing was executed: all outputs have one outcome; what is known of the frame goes on with it.
    static Attempt passed(WorkPlan work, Outcome<?> outcome, Metadata metadata) {
        return new Attempt(same(work, outcome), metadata, null, 0, Map.of(), 0, false);
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
        return new Attempt(outcomes, metadata, null, 0, Map.of(), 0, false);
    }

    /// Gives back what was put, when nobody is there to take it.
    void letGo() {
        for (Outcome<?> outcome : outcomes) {
            if (outcome instanceof Outcome.Value<?>(Leased<?> payload)) {
                payload.close();
            }
        }
    }

    private static List<Outcome<?>> same(WorkPlan work, Outcome<?> outcome) {
        return work.outs.stream().<Outcome<?>>map(_ -> outcome).toList();
    }
}
