// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Whether an ONNX model has weights in further files, which nobody has checked and OpenVINO would open.
///
/// Such a tensor has entries `external_data` (field 13 of `TensorProto` in onnx.proto), one of them with the key
/// `location`; written as any protobuf library does, that is the tag 13, a length, the tag 1, the length 8, and the
// word.
final class FurtherFiles {
    private static final byte EXTERNAL_DATA = 13 << 3 | 2;
    private static final byte[] KEY = "\n\blocation".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LENGTH = 3;

    private FurtherFiles() {}

    static boolean areNamedIn(Path onnx) throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel file = FileChannel.open(onnx)) {
            MemorySegment bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
            for (long at = 2; at + KEY.length <= bytes.byteSize(); at++) {
                if (byteAt(bytes, at) == KEY[0] && isKey(bytes, at) && isExternal(bytes, at)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isKey(MemorySegment bytes, long at) {
        for (int i = 1; i < KEY.length; i++) {
            if (byteAt(bytes, at + i) != KEY[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether the tag stands before the key's entry, whose length takes one byte or a few.
    private static boolean isExternal(MemorySegment bytes, long at) {
        for (long tag = at - 2; tag >= Math.max(0, at - 1 - LONGEST_LENGTH); tag--) {
            if (byteAt(bytes, tag) == EXTERNAL_DATA) {
                return true;
            }
        }
        return false;
    }

    private static byte byteAt(MemorySegment bytes, long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at);
    }
}
