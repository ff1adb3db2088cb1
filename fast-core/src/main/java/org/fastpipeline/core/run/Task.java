// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.List;

/// A piece of work that is ready to be executed.
///
/// @param work what to do
/// @param frames the frame to do it on; several for work on consecutive frames at once
/// @param atEnd whether a stateful node is to be told of the end of its stream
/// @param readySince when it became ready, in nanoseconds
record Task(WorkPlan work, List<FrameState> frames, boolean atEnd, long readySince) implements Comparable<Task> {
    static Task of(WorkPlan work, FrameState frame) {
        return new Task(work, List.of(frame), false, System.nanoTime());
    }

    FrameState frame() {
        return frames.getFirst();
    }

    @Override
    public String toString() {
        return work + ", frame " + frame();
    }

    /// The oldest frame first, and within it what lies closest to the end.
    @Override
    public int compareTo(Task other) {
        int order = frame().compareTo(other.frame());
        return order != 0 ? order : Integer.compare(other.work.position, work.position);
    }
}
