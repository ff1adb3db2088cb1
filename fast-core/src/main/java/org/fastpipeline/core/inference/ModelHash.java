// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The SHA-256 of a model's files, as [ModelDescriptor] defines it; they come one after the other, sorted by name.
final class ModelHash {
    private static final int CHUNK = 1 << 20;

    private final Hasher hasher = Hashing.sha256().newHasher();
    private final boolean single;

    /// @param single whether the model is one file, whose name does not matter
    ModelHash(boolean single) {
        this.single = single;
    }

    /// That of a model in memory, which is that of the same bytes in files.
    static String of(ModelSource.Bytes bytes) {
        boolean single = bytes.weights().byteSize() == 0;
        ModelHash hash = new ModelHash(single);
        String weights = weights(bytes.name());
        boolean first = weights.compareTo(bytes.name()) < 0;
        if (!single && first) {
            hash.add(weights, bytes.weights());
        }
        hash.add(bytes.name(), bytes.model());
        if (!single && !first) {
            hash.add(weights, bytes.weights());
        }
        return hash.end();
    }

    /// Name of the file with the weights of an OpenVINO model.
    static String weights(String xml) {
        boolean ends = xml.toLowerCase(Locale.ROOT).endsWith(".xml");
        return (ends ? xml.substring(0, xml.length() - ".xml".length()) : xml) + ".bin";
    }

    private void add(String name, MemorySegment content) {
        begin(name, content.byteSize());
        for (long at = 0; at < content.byteSize(); at += CHUNK) {
            hasher.putBytes(content.asSlice(at, Math.min(CHUNK, content.byteSize() - at))
                    .asByteBuffer());
        }
    }

    /// Begins with a file, whose bytes are to follow.
    ///
    /// @param name its path within the model, with `/` between its parts
    /// @param size its length
    void begin(String name, long size) {
        if (!single) {
            hasher.putString(name, StandardCharsets.UTF_8).putByte((byte) 0);
            hasher.putBytes(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
        }
    }

    /// Goes on with the file.
    ///
    /// @param chunk its next bytes are the first ones of these
    /// @param count how many of them
    void add(byte[] chunk, int count) {
        hasher.putBytes(chunk, 0, count);
    }

    /// The hash, in hexadecimal digits.
    String end() {
        return hasher.hash().toString();
    }
}
