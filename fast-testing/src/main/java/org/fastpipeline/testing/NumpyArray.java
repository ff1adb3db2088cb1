// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import com.google.common.primitives.ImmutableLongArray;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.NpyHeader;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.memory.Allocator;

/// An array as NumPy stores it.
///
/// @param header what its elements are
/// @param elements its elements
record NumpyArray(NpyHeader header, MemorySegment elements) {
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static NumpyArray parse(String name, byte[] file) {
        NpyHeader header = NpyHeader.read(name, Channels.newChannel(new ByteArrayInputStream(file)));
        return new NumpyArray(header, MemorySegment.ofArray(file).asSlice(header.start()));
    }

    ImmutableLongArray sizes() {
        return header.sizes();
    }

    /// A tensor of these elements; `port` says their axes and type.
    Tensor tensor(TensorSpec port, Allocator memory) {
        Tensor tensor = Tensor.allocate(new TensorSpec(port.axes(), header.sizes(), port.type()), memory);
        tensor.writableElements().copyFrom(elements);
        return tensor;
    }

    /// The elements; they must be 64-bit floating point.
    double[] toDoubles() {
        if (header.type() != ElementType.F64) {
            throw new IllegalStateException("met elements of " + header.type() + "; needed F64");
        }
        return elements.toArray(F64);
    }
}
