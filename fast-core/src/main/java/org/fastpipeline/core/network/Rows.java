// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ElementType;

/// Rows of elements between native memory and arrays, which loops over vectorise.
final class Rows {
    private Rows() {}

    /// Reads elements of any type as floats.
    ///
    /// @param at place of the first, in bytes
    static void read(MemorySegment from, ElementType type, long at, float[] to, int count) {
        switch (type) {
            case F32 -> MemorySegment.copy(from, ValueLayout.JAVA_FLOAT_UNALIGNED, at, to, 0, count);
            case U8 -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, at + i));
                }
            }
            case U16 -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Short.toUnsignedInt(from.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 2L * i));
                }
            }
            case I16 -> {
                for (int i = 0; i < count; i++) {
                    to[i] = from.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 2L * i);
                }
            }
            case I32 -> {
                for (int i = 0; i < count; i++) {
                    to[i] = from.get(ValueLayout.JAVA_INT_UNALIGNED, at + 4L * i);
                }
            }
            case I64 -> {
                for (int i = 0; i < count; i++) {
                    to[i] = from.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8L * i);
                }
            }
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    to[i] = (float) from.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + 8L * i);
                }
            }
        }
    }

    /// Writes floats as elements of any type; integers are rounded (halves up) and limited to their range.
    ///
    /// @param first place of the first in `from`
    /// @param at place of the first in memory, in bytes
    static void write(float[] from, int first, int count, MemorySegment to, ElementType type, long at) {
        switch (type) {
            case F32 -> MemorySegment.copy(from, first, to, ValueLayout.JAVA_FLOAT_UNALIGNED, at, count);
            case U8 -> {
                for (int i = 0; i < count; i++) {
                    to.set(ValueLayout.JAVA_BYTE, at + i, (byte) whole(from[first + i], 0, 0xFF));
                }
            }
            case U16 -> {
                for (int i = 0; i < count; i++) {
                    to.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + 2L * i, (short) whole(from[first + i], 0, 0xFFFF));
                }
            }
            case I16 -> {
                for (int i = 0; i < count; i++) {
                    int value = whole(from[first + i], Short.MIN_VALUE, Short.MAX_VALUE);
                    to.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + 2L * i, (short) value);
                }
            }
            case I32 -> {
                for (int i = 0; i < count; i++) {
                    to.set(ValueLayout.JAVA_INT_UNALIGNED, at + 4L * i, (int) Math.floor(from[first + i] + 0.5));
                }
            }
            case I64 -> {
                for (int i = 0; i < count; i++) {
                    to.set(ValueLayout.JAVA_LONG_UNALIGNED, at + 8L * i, (long) Math.floor(from[first + i] + 0.5));
                }
            }
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    to.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + 8L * i, from[first + i]);
                }
            }
        }
    }

    private static int whole(float value, int least, int most) {
        return Math.clamp((long) Math.floor(value + 0.5), least, most);
    }
}
