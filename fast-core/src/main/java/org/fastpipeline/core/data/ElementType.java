// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

/// What one element of an image or tensor is.
public enum ElementType {
    /// Unsigned 8-bit integer.
    U8(1),
    /// Unsigned 16-bit integer.
    U16(2),
    /// Signed 16-bit integer.
    I16(2),
    /// Signed 32-bit integer.
    I32(4),
    /// Signed 64-bit integer.
    I64(8),
    /// 32-bit IEEE 754 floating point.
    F32(4),
    /// 64-bit IEEE 754 floating point.
    F64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes per element.
    public int bytes() {
        return bytes;
    }
}
