// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Gathers consecutive frames for nodes that work on several at once.
///
/// All methods are called under the run's lock.
final class Groups {
    private final Lanes lanes;

    Groups(Lanes lanes) {
        this.lanes = lanes;
    }

    /// Counts a frame into its group of consecutive frames; hands the group out when it is whole.
    void gather(FrameState frame, WorkPlan work, boolean hasValues) {
        long number = frame.sequence / work.batch;
        Stream.Group group = frame.stream
                .groups
                .computeIfAbsent(work, _ -> new HashMap<>())
                .computeIfAbsent(number, _ -> new Stream.Group());
        group.arrived++;
        if (hasValues) {
            group.frames.add(frame);
        }
        submitIfWhole(frame.stream, work, number, group);
    }

    /// Hands out the groups that are whole because the stream has ended.
    void flush(Stream stream) {
        stream.groups.forEach((work, groups) ->
                Map.copyOf(groups).forEach((number, group) -> submitIfWhole(stream, work, number, group)));
    }

    private void submitIfWhole(Stream stream, WorkPlan work, long number, Stream.Group group) {
        long size = Math.min(work.batch, stream.sourced - number * work.batch);
        if (group.arrived == size) {
            Objects.requireNonNull(stream.groups.get(work)).remove(number);
            if (!group.frames.isEmpty()) {
                group.frames.sort(null);
                lanes.submit(Task.of(work, List.copyOf(group.frames)));
            }
        }
    }
}
