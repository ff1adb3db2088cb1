// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.memory.Allocator;

/// A batch in groups of as many items as a network reads at once: one after another in the same memory, the last filled
/// up with zeros. The batch itself where the network reads any number, or just as many. Used by one thread.
final class Groups implements AutoCloseable {
    private final Tensor batch;
    private final long all;
    private final long most;
    private final boolean copied;
    private final Tensor group;
    private long before;
    private long items;

    /// @param batch stays the caller's; without an axis N it is one item
    /// @param declared what the network reads
    Groups(Tensor batch, TensorSpec declared, Allocator memory) {
        TensorSpec spec = batch.spec();
        this.batch = batch;
        this.all = spec.size(Axis.N);
        long fixed = declared.size(Axis.N);
        boolean grouped = spec.axes().indexOf(Axis.N) == 0 && fixed > 0 && fixed != all;
        this.most = grouped ? fixed : all;
        this.copied = grouped && all > 0;
        this.group = copied ? Tensor.allocate(spec.withFirst(fixed), memory) : batch;
    }

    /// Goes on to the next group, if there is one.
    boolean next() {
        before += items;
        items = Math.min(most, all - before);
        if (copied && items > 0) {
            long bytes = batch.spec().bytes() / all;
            MemorySegment place = group.writableElements();
            MemorySegment.copy(batch.elements(), before * bytes, place, 0, items * bytes);
            place.asSlice(items * bytes).fill((byte) 0);
        }
        return items > 0;
    }

    /// The items of this group and what fills it up; to be closed by nobody else.
    Tensor group() {
        return group;
    }

    /// How many items of the batch are in this group.
    long items() {
        return items;
    }

    @Override
    public void close() {
        if (copied) {
            group.close();
        }
    }
}
