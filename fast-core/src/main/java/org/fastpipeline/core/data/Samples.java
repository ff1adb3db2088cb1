// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Samples of any element type in memory of any alignment.
final class Samples {
    private Samples() {}

    static double get(MemorySegment from, ElementType type, long at) {
        return switch (type) {
            case U8 -> Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, at));
            case U16 -> Short.toUnsignedInt(from.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
            case I16 -> from.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
            case I32 -> from.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            case I64 -> from.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            case F32 -> from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
            case F64 -> from.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
        };
    }

    /// Writes a value; integers are rounded (halves up) and limited to their range.
    static void set(MemorySegment to, ElementType type, long at, double value) {
        switch (type) {
            case U8 -> to.set(ValueLayout.JAVA_BYTE, at, (byte) whole(type, value));
            case U16, I16 -> to.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) whole(type, value));
            case I32 -> to.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) whole(type, value));
            case I64 -> to.set(ValueLayout.JAVA_LONG_UNALIGNED, at, whole(type, value));
            case F32 -> to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
            case F64 -> to.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
        }
    }

    private static long whole(ElementType type, double value) {
        return (long) Math.clamp(Math.floor(value + 0.5), least(type), largest(type));
    }

    private static double least(ElementType type) {
        return type == ElementType.U8 || type == ElementType.U16 ? 0 : -largest(type) - 1;
    }

    /// The largest integer of the type.
    static double largest(ElementType type) {
        boolean unsigned = type == ElementType.U8 || type == ElementType.U16;
        return Math.scalb(1.0, 8 * type.bytes() - (unsigned ? 0 : 1)) - 1;
    }

    static void fill(MemorySegment to, ElementType type, double value) {
        long size = to.byteSize();
        set(to, type, 0, value);
        long done = type.bytes();
        // What is filled already is copied behind itself, so the number of copies is that of the doublings.
        while (done < size) {
            long next = Math.min(done, size - done);
            MemorySegment.copy(to, 0, to, done, next);
            done += next;
        }
    }

    static void copyRows(
            MemorySegment from, long fromStride, MemorySegment to, long toStride, long rowBytes, int rows) {
        if (fromStride == rowBytes && toStride == rowBytes) {
            MemorySegment.copy(from, 0, to, 0, rowBytes * rows);
            return;
        }
        for (long row = 0; row < rows; row++) {
            MemorySegment.copy(from, row * fromStride, to, row * toStride, rowBytes);
        }
    }
}
