// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.memory.Allocator;

/// Inputs to time a network with, the same in every run: floating point from 0 to 1, bytes of all values, other
/// integers 0 and 1, since they may be positions in a table.
final class ExampleInputs {
    private static final int BYTE_VALUES = 256;

    private ExampleInputs() {}

    /// One tensor for each port; the caller closes them.
    ///
    /// @param batch size of an open batch axis; others are 3 channels, 256 rows and columns, 16 slices or times
    static List<Tensor> of(List<Model.Port> ports, Allocator memory, long batch) {
        List<Tensor> inputs = new ArrayList<>();
        try {
            for (Model.Port port : ports) {
                inputs.add(filled(Tensor.allocate(sized(port.spec(), batch), memory), inputs.size()));
            }
            return inputs;
        } catch (RuntimeException failed) {
            inputs.forEach(Tensor::close);
            throw failed;
        }
    }

    private static TensorSpec sized(TensorSpec spec, long batch) {
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(spec.rank());
        for (int i = 0; i < spec.rank(); i++) {
            long size = spec.sizes().get(i);
            sizes.add(size == TensorSpec.UNKNOWN ? size(spec.axes().get(i), batch) : size);
        }
        return new TensorSpec(spec.axes(), sizes.build(), spec.type());
    }

    private static long size(Axis axis, long batch) {
        return switch (axis) {
            case N -> batch;
            case C -> 3;
            case T, D -> 16;
            case H, W -> 256;
        };
    }

    private static Tensor filled(Tensor tensor, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemorySegment elements = tensor.writableElements();
        long count = tensor.spec().elements();
        for (long i = 0; i < count; i++) {
            switch (tensor.spec().type()) {
                case U8 -> elements.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(BYTE_VALUES));
                case U16, I16 -> elements.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) random.nextInt(2));
                case I32 -> elements.setAtIndex(ValueLayout.JAVA_INT, i, random.nextInt(2));
                case I64 -> elements.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextInt(2));
                case F32 -> elements.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble());
                case F64 -> elements.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble());
            }
        }
        return tensor;
    }
}
