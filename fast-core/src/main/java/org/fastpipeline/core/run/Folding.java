// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.Objects;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Outcome;
import org.jspecify.annotations.Nullable;

/// Has folds take children in, one at a time, and give their results.
///
/// All methods are called under the run's lock.
final class Folding {
    private final RunCore core;

    Folding(RunCore core) {
        this.core = core;
    }

    /// A child is to be added, if nothing went wrong.
    void add(Task task, @Nullable Outcome<?> obstacle) {
        FrameState frame = task.frame();
        WorkPlan work = task.work();
        Stream stream = frame.stream;
        if (obstacle instanceof Outcome.Failed<?>(FastException cause) && stream.broken[work.index] == null) {
            stream.broken[work.index] = cause;
        }
        if (obstacle != null || stream.broken[work.index] != null) {
            core.scheduler.complete(frame, work, Attempt.passed(work, Scheduler.NOT_ASKED));
        } else {
            stream.turns[work.index].busy = true;
            core.lanes.submit(task);
        }
    }

    /// All children are added, or passed over: the fold gives its result.
    void finish(Task task, @Nullable Outcome<?> obstacle) {
        FrameState frame = task.frame();
        WorkPlan work = task.work();
        FrameState previous = core.roots.previous(frame);
        if (previous != null) {
            work.outs.forEach(frame::markTakenOver);
            core.scheduler.complete(frame, work, Attempt.copied(work, previous));
            return;
        }
        if (!core.snapshots.mayFinish(frame, work)) {
            return;
        }
        Stream closed = core.scheduler.opened(frame, work);
        WorkPlan add = Objects.requireNonNull(work.partner);
        if (obstacle == Scheduler.NOT_ASKED) {
            // Children may have been passed over since nobody asked any more: what was gathered is no result.
            core.errands.add(
                    "closing " + work.name, () -> core.states.closeState(work.requireNode(), closed, add.index));
            core.scheduler.pass(frame, work, obstacle);
            return;
        }
        boolean broken = closed.broken[add.index] != null;
        if (closed.states[add.index] == null && (broken || obstacle != null || closed.skipped != null)) {
            FastException cause = closed.broken[add.index];
            Outcome<?> outcome =
                    cause != null ? new Outcome.Failed<>(cause) : obstacle != null ? obstacle : closed.skipped;
            core.scheduler.pass(frame, work, Objects.requireNonNull(outcome));
        } else {
            core.lanes.submit(task);
        }
    }

    /// A child has been added, or passed over; the next one may come.
    void added(Stream stream, WorkPlan work, Stream.Turn turn) {
        turn.busy = false;
        core.snapshots.added(stream, work);
    }
}
