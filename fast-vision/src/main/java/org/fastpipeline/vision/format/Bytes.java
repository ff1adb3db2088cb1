// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.fastpipeline.core.error.InputException;

/// A file's content, read with bounds checks: what would lie beyond its end is a truncated file.
///
/// @param source the file's name, for errors
/// @param content all of the file
/// @param order byte order of numbers
record Bytes(String source, MemorySegment content, ByteOrder order) {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    Bytes with(ByteOrder newOrder) {
        return new Bytes(source, content, newOrder);
    }

    long size() {
        return content.byteSize();
    }

    int u8(long at) {
        need(at, 1);
        return content.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    int u16(long at) {
        need(at, 2);
        return content.get(SHORT.withOrder(order), at) & 0xFFFF;
    }

    int i32(long at) {
        need(at, 4);
        return content.get(INT.withOrder(order), at);
    }

    long u32(long at) {
        return i32(at) & 0xFFFF_FFFFL;
    }

    /// Fails if the file ends before `at + length`.
    void need(long at, long length) {
        if (at < 0 || length < 0 || at > size() - length) {
            throw truncated();
        }
    }

    InputException truncated() {
        return new InputException(
                source,
                "the file is truncated: it ends after " + size() + " bytes, within the image",
                "Copy it again from its origin",
                null);
    }

    InputException malformed(String problem) {
        return new InputException(source, problem, "Copy or export it again from where it came from", null);
    }

    InputException unsupported(String problem) {
        return new InputException(source, problem, "Save it as 8-bit or 16-bit PNG", null);
    }
}
