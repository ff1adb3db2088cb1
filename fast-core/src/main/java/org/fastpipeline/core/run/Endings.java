// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.fastpipeline.core.graph.Outcome;

/// Brings streams to their end: tells stateful nodes in topological order, takes in the frames they still make, and
/// closes the stream when all of its frames are through.
///
/// All methods are called under the run's lock.
final class Endings {
    private final RunCore core;

    Endings(RunCore core) {
        this.core = core;
    }

    /// No more frames come from the stream's source.
    void end(Stream stream) {
        if (!stream.ended) {
            stream.ended = true;
            stream.sourced = stream.admitted;
            core.groups.flush(stream);
            core.demand.ended(stream);
            check(stream);
        }
    }

    /// Goes on with ending `stream`, as far as its frames allow.
    void check(Stream stream) {
        if (!stream.ended || stream.closed || stream.telling) {
            return;
        }
        if (stream.told < stream.domain.stateful.size()) {
            tellNext(stream, stream.domain.stateful.get(stream.told));
            return;
        }
        for (WorkPlan work : stream.domain.works) {
            if (work.role == Role.TAKE && stream.turns[work.index].next == stream.admitted) {
                core.merging.endIntake(stream, work);
            }
        }
        if (stream.left == stream.admitted) {
            close(stream);
        }
    }

    private void tellNext(Stream stream, WorkPlan work) {
        if (stream.turns[work.index].next < stream.admitted) {
            return;
        }
        if (stream.broken[work.index] != null || stream.domain.isRoot() || stream.skipped != null) {
            stream.told++;
            check(stream);
            return;
        }
        stream.telling = true;
        FrameState above = Objects.requireNonNull(stream.parent);
        FrameState frame = new FrameState(
                stream, core.admission.parentOf(above), stream.admitted, core.admission.parametersBelow(above));
        frame.atEnd = true;
        frame.isBeingMade = true;
        core.hold(frame);
        frame.pending[work.index] = core.scheduler.awaitAbove(frame, work);
        if (frame.pending[work.index] == 0) {
            tell(frame, work);
        }
    }

    /// All that a stateful work may read of enclosing frames at the end is known.
    void tell(FrameState frame, WorkPlan work) {
        frame.isBeingMade = false;
        core.lanes.submit(Task.atEnd(work, frame));
    }

    /// A stateful work has been told; what it put becomes one more frame.
    void told(FrameState frame, WorkPlan work, Attempt attempt) {
        Stream stream = frame.stream;
        stream.telling = false;
        stream.told++;
        if (attempt.failure() == null && !hasValue(attempt, work)) {
            core.leaving.releaseOnce(Objects.requireNonNull(frame.parent));
            check(stream);
            return;
        }
        if (attempt.failure() != null) {
            core.leaving.stopAfter(frame, work.position, attempt.failure());
        }
        Map<WorkPlan, Attempt> done = new HashMap<>();
        for (WorkPlan other : stream.domain.works) {
            if (other.role == Role.LOAD || other.role == Role.MERGE || joinsEnded(other, work)) {
                done.put(other, Attempt.passed(other, FrameState.ENDED));
            }
        }
        new ArrayList<>(stream.domain.stateful.subList(0, stream.told - 1))
                .forEach(earlier -> done.put(earlier, Attempt.passed(earlier, FrameState.ENDED)));
        done.put(work, attempt);
        stream.admitted++;
        stream.inFlight++;
        core.scheduler.admit(frame, done);
        for (WorkPlan other : stream.domain.works) {
            if (joinsEnded(other, work)) {
                Stream unopened = core.scheduler.opened(frame, other);
                unopened.skipped = FrameState.ENDED;
                end(unopened);
            }
        }
        check(stream);
    }

    /// Whether `other` opens a restream of children that come before `told`: like all that comes before it they have
    /// ended, and there is nothing to join.
    private static boolean joinsEnded(WorkPlan other, WorkPlan told) {
        return other.role == Role.OPEN && other.near.length == 0 && other.position < told.position;
    }

    private static boolean hasValue(Attempt attempt, WorkPlan work) {
        for (int i = 0; i < work.outs.size(); i++) {
            if (attempt.result(i) instanceof Outcome.Value<?>) {
                return true;
            }
        }
        return false;
    }

    private void close(Stream stream) {
        stream.closed = true;
        core.merging.abandon(stream);
        core.admission.signal();
        FrameState parent = stream.parent;
        if (parent == null) {
            core.complete();
            return;
        }
        for (WorkPlan work : parent.domain.works) {
            if (work.role == Role.FINISH && work.other == stream.domain) {
                core.scheduler.arrive(parent, work);
            }
        }
        stream.letGoOfParent();
        core.errands.close(stream);
        core.scheduler.closeOne(parent);
    }
}
