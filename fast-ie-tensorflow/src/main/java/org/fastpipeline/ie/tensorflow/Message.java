// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A protocol buffer message as its fields by number; nested ones are decoded when asked for, nothing is copied.
///
/// Used in place of the generated message classes, which call `sun.misc.Unsafe` and so warn on the terminal.
///
/// @param numbers fields that hold a whole number
/// @param parts fields that hold text, bytes or a message
record Message(ImmutableListMultimap<Integer, Long> numbers, ImmutableListMultimap<Integer, ByteBuffer> parts) {
    /// Decodes the outermost level.
    ///
    /// @throws IOException if this is no message
    static Message of(ByteBuffer bytes) throws IOException {
        ImmutableListMultimap.Builder<Integer, Long> numbers = ImmutableListMultimap.builder();
        ImmutableListMultimap.Builder<Integer, ByteBuffer> parts = ImmutableListMultimap.builder();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        in.enableAliasing(true);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> numbers.put(field, in.readRawVarint64());
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> parts.put(field, in.readByteBuffer());
                default -> in.skipField(tag);
            }
        }
        return new Message(numbers.build(), parts.build());
    }

    /// The messages in a repeated field.
    ImmutableList<Message> messages(int field) throws IOException {
        ImmutableList.Builder<Message> messages = ImmutableList.builder();
        for (ByteBuffer part : parts.get(field)) {
            messages.add(of(part.slice()));
        }
        return messages.build();
    }

    /// The message in a field; one without fields if it is not there.
    Message message(int field) throws IOException {
        ImmutableList<Message> messages = messages(field);
        return messages.isEmpty() ? of(ByteBuffer.allocate(0)) : messages.getLast();
    }

    /// The text in a field; empty if it is not there.
    String text(int field) {
        ImmutableList<ByteBuffer> all = parts.get(field);
        return all.isEmpty()
                ? ""
                : StandardCharsets.UTF_8.decode(all.getLast().slice()).toString();
    }

    /// The whole number in a field; 0 if it is not there.
    long number(int field) {
        ImmutableList<Long> all = numbers.get(field);
        return all.isEmpty() ? 0 : all.getLast();
    }
}
