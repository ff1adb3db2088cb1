// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;

/// What is done to each element before a network sees it, in this order: clip to the range, (v - mean) / std, x scale,
/// x 2 - 1 if signed.
///
/// @param low least value; smaller ones become it
/// @param high greatest value; greater ones become it
/// @param mean what is taken off
/// @param std what the difference is divided by, above 0
/// @param scale what the quotient is multiplied with
/// @param signed whether 0 to 1 becomes -1 to 1 at the end
public record Preprocessing(double low, double high, double mean, double std, double scale, boolean signed) {
    /// Leaves all values as they are.
    public static final Preprocessing NONE =
            new Preprocessing(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 1, 1, false);

    private static final int BYTE_VALUES = 256;
    private static final int STRETCH = 8192;

    public Preprocessing {
        if (!(low < high) || !(std > 0) || !Double.isFinite(mean) || !Double.isFinite(scale)) {
            throw new WrongUseException(
                    "preprocessing",
                    "met clip " + low + " to " + high + ", mean " + mean + ", std " + std + ", scale " + scale
                            + "; needed a range, a std above 0, and numbers",
                    "Correct the model's description");
        }
    }

    /// Whether it leaves all values as they are.
    public boolean isNone() {
        return equals(NONE);
    }

    /// The result for one value.
    public double apply(double value) {
        double scaled = (Math.clamp(value, low, high) - mean) / std * scale;
        return signed ? scaled * 2 - 1 : scaled;
    }

    /// A new F32 tensor of the same shape, with all elements of `input` preprocessed.
    ///
    /// @param input of any element type
    /// @param memory where the new tensor comes from; the caller owns it
    public Tensor apply(Tensor input, Allocator memory) {
        TensorSpec spec = input.spec();
        Tensor result = Tensor.allocate(new TensorSpec(spec.axes(), spec.sizes(), ElementType.F32), memory);
        MemorySegment from = input.elements();
        MemorySegment to = result.writableElements();
        long count = spec.elements();
        switch (spec.type()) {
            case U8 -> applyToBytes(from, to, Math.toIntExact(Math.min(count, STRETCH)));
            case F32 -> {
                for (long i = 0; i < count; i++) {
                    to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) apply(from.getAtIndex(ValueLayout.JAVA_FLOAT, i)));
                }
            }
            case U16, I16, I32, I64, F64 -> {
                for (long i = 0; i < count; i++) {
                    to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) apply(element(from, spec.type(), i)));
                }
            }
        }
        return result;
    }

    /// By a table, over arrays of some bytes at a time, which loops are fastest on.
    private void applyToBytes(MemorySegment from, MemorySegment to, int stretch) {
        float[] table = new float[BYTE_VALUES];
        for (int i = 0; i < BYTE_VALUES; i++) {
            table[i] = (float) apply(i);
        }
        byte[] bytes = new byte[stretch];
        float[] floats = new float[stretch];
        for (long at = 0; at < from.byteSize(); at += stretch) {
            int count = (int) Math.min(stretch, from.byteSize() - at);
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, 0, count);
            for (int i = 0; i < count; i++) {
                floats[i] = table[bytes[i] & 0xFF];
            }
            MemorySegment.copy(floats, 0, to, ValueLayout.JAVA_FLOAT, at * Float.BYTES, count);
        }
    }

    private static double element(MemorySegment elements, ElementType type, long at) {
        return switch (type) {
            case U8 -> Byte.toUnsignedInt(elements.get(ValueLayout.JAVA_BYTE, at));
            case U16 -> Short.toUnsignedInt(elements.getAtIndex(ValueLayout.JAVA_SHORT, at));
            case I16 -> elements.getAtIndex(ValueLayout.JAVA_SHORT, at);
            case I32 -> elements.getAtIndex(ValueLayout.JAVA_INT, at);
            case I64 -> (double) elements.getAtIndex(ValueLayout.JAVA_LONG, at);
            case F32 -> elements.getAtIndex(ValueLayout.JAVA_FLOAT, at);
            case F64 -> elements.getAtIndex(ValueLayout.JAVA_DOUBLE, at);
        };
    }
}
