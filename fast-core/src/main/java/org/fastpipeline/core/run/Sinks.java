// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Sink;
import org.jspecify.annotations.Nullable;

/// The sinks of a run, with what they opened. Opened and closed by the run's own thread, without the lock.
final class Sinks {
    private final Plan plan;
    private final Map<WorkPlan, Object> states = new HashMap<>();

    Sinks(Plan plan) {
        this.plan = plan;
    }

    Object state(WorkPlan work) {
        return Objects.requireNonNull(states.get(work), "sinks are opened before the first frame");
    }

    /// Opens all sinks.
    ///
    /// @return how the run ends if one cannot be opened
    @Nullable Completion open() {
        for (WorkPlan work : plan.works) {
            if (work.role == Role.SINK && work.node instanceof Sink<?> sink) {
                try {
                    states.put(work, sink.open());
                } catch (Throwable thrown) {
                    return new Completion.Failed(StepException.of(work.name, "opening", thrown));
                }
            }
        }
        return null;
    }

    /// Closes all sinks; the first that fails to commit makes the run a failed one for those after it.
    Completion close(Completion outcome) {
        Completion told = outcome;
        for (WorkPlan work : plan.works) {
            Object state = states.remove(work);
            if (state != null && work.node instanceof Sink<?> sink) {
                try {
                    close(sink, state, told);
                } catch (Throwable thrown) {
                    FastException failure = StepException.of(work.name, "closing", thrown);
                    if (told instanceof Completion.Failed(FastException first)) {
                        first.addSuppressed(failure);
                    } else {
                        told = new Completion.Failed(failure);
                    }
                }
            }
        }
        return told;
    }

    @SuppressWarnings("unchecked")
    private static <S> void close(Sink<S> sink, Object state, Completion completion) throws Exception {
        sink.close((S) state, completion);
    }
}
