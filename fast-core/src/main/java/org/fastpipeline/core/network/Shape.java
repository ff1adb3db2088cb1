// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.memory.Allocator;

/// A tensor's shape as a number of blocks: its items and times, each of rows, columns and channels.
///
/// @param spec the shape
/// @param blocks how many there are
/// @param block one of them; of tensors without rows and columns, all of it as one row
record Shape(TensorSpec spec, long blocks, Block block) {
    static Shape of(TensorSpec spec) {
        if (!spec.axes().containsAll(List.of(Axis.H, Axis.W))) {
            return new Shape(spec, 1, new Block(false, Math.toIntExact(spec.elements()), 1, 1, 1));
        }
        int channel = spec.axes().indexOf(Axis.C);
        Block block = new Block(
                channel >= 0 && channel < spec.axes().indexOf(Axis.H),
                Math.toIntExact(spec.size(Axis.W)),
                Math.toIntExact(spec.size(Axis.H)),
                Math.toIntExact(spec.size(Axis.D)),
                Math.toIntExact(spec.size(Axis.C)));
        return new Shape(spec, spec.size(Axis.N) * spec.size(Axis.T), block);
    }

    boolean isChannelFirst() {
        return block.channelFirst();
    }

    /// The same tensor with channels last, as a handle that the caller closes; a copy only if they are not.
    static Tensor ordered(Tensor tensor, Allocator memory, Object holder) {
        Shape shape = of(tensor.spec());
        return shape.isChannelFirst()
                ? shape.channelLast(tensor.elements(), false, tensor.geometry(), memory)
                : tensor.retain(holder);
    }

    /// A copy with channels last.
    ///
    /// @param mirrored whether left and right change places
    Tensor channelLast(MemorySegment from, boolean mirrored, Geometry geometry, Allocator memory) {
        Tensor copy = Tensor.allocate(ordered(), geometry, memory);
        MemorySegment to = copy.writableElements();
        if (!isChannelFirst() && !mirrored) {
            to.copyFrom(from);
            return copy;
        }
        int bytes = spec.type().bytes();
        long item = block.elements() * bytes;
        for (long i = 0; i < blocks; i++) {
            copy(from.asSlice(i * item, item), to.asSlice(i * item, item), mirrored, bytes);
        }
        return copy;
    }

    private TensorSpec ordered() {
        if (!isChannelFirst()) {
            return spec;
        }
        int at = spec.axes().indexOf(Axis.C);
        ImmutableList.Builder<Axis> axes = ImmutableList.builder();
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(spec.rank());
        for (int i = 0; i < spec.rank(); i++) {
            if (i != at) {
                axes.add(spec.axes().get(i));
                sizes.add(spec.sizes().get(i));
            }
        }
        return new TensorSpec(
                axes.add(Axis.C).build(), sizes.add(spec.sizes().get(at)).build(), spec.type());
    }

    private void copy(MemorySegment from, MemorySegment to, boolean mirrored, int bytes) {
        int width = block.width();
        int channels = block.channels();
        // Elements of the source from one pixel to the next, and from one channel of it to the next.
        long step = isChannelFirst() ? 1 : channels;
        long plane = isChannelFirst() ? (long) block.depth() * block.height() * width : 1;
        long place = 0;
        for (int z = 0; z < block.depth(); z++) {
            for (int y = 0; y < block.height(); y++) {
                long row = block.row(y, z, 0);
                for (int x = 0; x < width; x++) {
                    long pixel = row + (mirrored ? width - 1 - x : x) * step;
                    for (int c = 0; c < channels; c++) {
                        MemorySegment.copy(from, (pixel + c * plane) * bytes, to, place, bytes);
                        place += bytes;
                    }
                }
            }
        }
    }
}
