// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.memory.Allocator;

/// An array as NumPy stores it, format version 1.0, row-major, little-endian.
///
/// @param type NumPy's word for the elements, such as `<f4`
/// @param sizes its shape
/// @param elements its elements
record NumpyArray(String type, ImmutableLongArray sizes, MemorySegment elements) {
    private static final int PREFIX = 10;
    private static final int LENGTH_AT = 8;
    private static final Pattern HEADER =
            Pattern.compile("\\{'descr': '(.+)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\}\\s*");
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static NumpyArray parse(byte[] file) {
        int length = Byte.toUnsignedInt(file[LENGTH_AT]) | Byte.toUnsignedInt(file[LENGTH_AT + 1]) << Byte.SIZE;
        Matcher header = HEADER.matcher(new String(file, PREFIX, length, StandardCharsets.ISO_8859_1));
        if (!header.matches()) {
            throw new IllegalArgumentException("met the header " + header + "; needed a row-major array");
        }
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder();
        for (String size : header.group(2).split(",", -1)) {
            if (!size.isBlank()) {
                sizes.add(Long.parseLong(size.strip()));
            }
        }
        return new NumpyArray(
                header.group(1), sizes.build(), MemorySegment.ofArray(file).asSlice(PREFIX + length));
    }

    /// A tensor of these elements; `port` says their axes and type.
    Tensor tensor(TensorSpec port, Allocator memory) {
        Tensor tensor = Tensor.allocate(new TensorSpec(port.axes(), sizes, port.type()), memory);
        tensor.writableElements().copyFrom(elements);
        return tensor;
    }

    /// The elements; they must be 64-bit floating point.
    double[] toDoubles() {
        if (!type.equals("<f8")) {
            throw new IllegalStateException("met elements of " + type + "; needed <f8");
        }
        return elements.toArray(F64);
    }
}
