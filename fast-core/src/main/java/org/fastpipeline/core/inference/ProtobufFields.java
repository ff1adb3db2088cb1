// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// The fields of a protocol buffer message that hold text, bytes or a message, one after the other; nothing is copied.
/// For what a model's file says and an engine's library does not tell. Used by one thread at a time.
///
/// See [the encoding](https://protobuf.dev/programming-guides/encoding).
public final class ProtobufFields {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int GROUP = 3;
    private static final int END_OF_GROUP = 4;
    private static final int FIXED_32 = 5;
    private static final int KINDS = 7;
    private static final int KIND_BITS = 3;
    private static final int MORE = 0x80;
    private static final int BITS = 7;

    private final MemorySegment message;
    private long at;
    private int number;
    private MemorySegment content = MemorySegment.NULL;

    /// Before the first field.
    public ProtobufFields(MemorySegment message) {
        this.message = message;
    }

    /// Goes on to the next field; none follows where this is no message.
    public boolean next() {
        while (at < message.byteSize()) {
            int tag = (int) varint();
            switch (tag & KINDS) {
                case VARINT -> varint();
                case FIXED_64 -> at += Long.BYTES;
                case FIXED_32 -> at += Integer.BYTES;
                case GROUP, END_OF_GROUP -> {} // what is between them looks like fields of this message
                case LENGTH_DELIMITED -> {
                    long length = varint();
                    if (length < 0 || length > message.byteSize() - at) {
                        return false;
                    }
                    number = tag >>> KIND_BITS;
                    content = message.asSlice(at, length);
                    at += length;
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /// The number of the field.
    public int number() {
        return number;
    }

    /// What it holds.
    public MemorySegment content() {
        return content;
    }

    /// What it holds, as text.
    public String text() {
        return new String(content.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && at < message.byteSize(); shift += BITS) {
            byte part = message.get(ValueLayout.JAVA_BYTE, at++);
            value |= (long) (part & (MORE - 1)) << shift;
            if ((part & MORE) == 0) {
                return value;
            }
        }
        at = message.byteSize();
        return 0;
    }
}
