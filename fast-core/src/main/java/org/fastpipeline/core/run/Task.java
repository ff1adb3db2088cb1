// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of work whose inputs are known.
///
/// @param work what to do
/// @param frame the frame to do it on; the oldest of `group` if there is one
/// @param group consecutive frames to do it on at once; empty if it is done on one frame alone
/// @param atEnd whether a stateful node is to be told of the end of its stream
/// @param snapshot what a fold is to be copied into, instead of giving its result
/// @param waiting its wait for a thread, if somebody asks how long that is
record Task(
        WorkPlan work,
        FrameState frame,
        List<FrameState> group,
        boolean atEnd,
        @Nullable Snapshot snapshot,
        @Nullable WaitEvent waiting)
        implements Comparable<Task> {
    static Task of(WorkPlan work, FrameState frame) {
        return new Task(work, frame, List.of(), false, null, null);
    }

    static Task of(WorkPlan work, List<FrameState> group) {
        FrameState oldest = group.getFirst();
        return group.size() == 1 ? of(work, oldest) : new Task(work, oldest, group, false, null, null);
    }

    static Task atEnd(WorkPlan work, FrameState frame) {
        return new Task(work, frame, List.of(), true, null, null);
    }

    static Task snapshot(WorkPlan fold, Snapshot snapshot) {
        return new Task(fold, snapshot.frame, List.of(), false, snapshot, null);
    }

    Task waitingSince(WaitEvent begun) {
        return new Task(work, frame, group, atEnd, snapshot, begun);
    }

    @Override
    public String toString() {
        return work + ", frame " + frame;
    }

    /// The oldest frame first, and within it what lies closest to the end.
    @Override
    public int compareTo(Task other) {
        int order = frame.compareTo(other.frame);
        return order != 0 ? order : Integer.compare(other.work.position, work.position);
    }
}
