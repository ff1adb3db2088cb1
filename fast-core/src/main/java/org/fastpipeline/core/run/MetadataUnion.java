// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.MetadataConflictException;
import org.fastpipeline.core.graph.ProcessObject;
import org.jspecify.annotations.Nullable;

/// What a step sees of its inputs' metadata: their union, never a sibling branch's.
final class MetadataUnion {
    private final WorkPlan work;
    private final boolean lenient;
    private final Map<Key<?>, Slot> producers = new HashMap<>();
    private Metadata union = Metadata.EMPTY;

    private MetadataUnion(WorkPlan work, boolean lenient) {
        this.work = work;
        this.lenient = lenient;
    }

    /// @throws MetadataConflictException if two inputs disagree and the node has no rule for it
    static Metadata of(WorkPlan work, FrameState frame) {
        return of(work, frame, false);
    }

    /// The union for work that is passed over: of values that disagree the first counts.
    static Metadata lenient(WorkPlan work, FrameState frame) {
        return of(work, frame, true);
    }

    private static Metadata of(WorkPlan work, FrameState frame, boolean lenient) {
        Metadata only = work.role == Role.FINISH ? null : only(work, frame);
        Metadata union = only != null ? only : new MetadataUnion(work, lenient).gather(frame);
        return work.role == Role.LOAD ? union.with(frame.sourceMetadata) : union;
    }

    /// The map that all inputs share, as they mostly do; null if there are different ones.
    private static @Nullable Metadata only(WorkPlan work, FrameState frame) {
        Metadata only = Metadata.EMPTY;
        for (Slot slot : work.near) {
            Metadata next = frame.metadata[slot.index];
            if (next != null && !next.isEmpty() && !next.equals(only)) {
                if (!only.isEmpty()) {
                    return null;
                }
                only = next;
            }
        }
        for (Slot slot : work.far) {
            Metadata next = frame.at(slot.domain).metadata[slot.index];
            if (next != null && !next.isEmpty() && !next.equals(only)) {
                return null;
            }
        }
        return only;
    }

    /// A key of a deeper domain shadows those of enclosing ones.
    private Metadata gather(FrameState frame) {
        for (Slot slot : work.near) {
            addAll(frame.metadata[slot.index], slot);
        }
        if (work.role == Role.FINISH) {
            union = frame.sourceMetadata.with(union);
        }
        for (Slot slot : work.far) {
            addAll(frame.at(slot.domain).metadata[slot.index], slot);
        }
        return union;
    }

    private void addAll(@Nullable Metadata from, Slot slot) {
        if (from != null) {
            from.entries().keySet().forEach(key -> add(key, from, slot));
        }
    }

    private <T> void add(Key<T> key, Metadata from, Slot slot) {
        T value = from.get(key).orElseThrow();
        Optional<T> present = union.get(key);
        Slot before = producers.get(key);
        if (present.isEmpty()) {
            union = union.with(key, value);
            producers.put(key, slot);
        } else if (before != null
                && before.domain == slot.domain
                && !present.get().equals(value)) {
            union = union.with(key, merged(key, present.get(), value, before, slot));
        }
    }

    private <T> T merged(Key<T> key, T first, T second, Slot before, Slot slot) {
        ProcessObject node = work.node;
        Optional<T> merged = node == null || lenient ? Optional.of(first) : node.merge(key, first, second);
        return merged.orElseThrow(() -> new MetadataConflictException(
                work.name, key.name(), "'" + first + "' from " + before, "'" + second + "' from " + slot));
    }
}
