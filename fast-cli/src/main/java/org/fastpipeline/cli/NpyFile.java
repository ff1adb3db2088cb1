// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.NpyHeader;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.vision.io.WholeFile;

/// An array in a file as NumPy's `save` writes it.
///
/// @param file the file
/// @param header what the file says of its elements
record NpyFile(Path file, NpyHeader header) {
    private static final int CHUNK = 1 << 24;

    /// Reads what a file says of itself.
    ///
    /// @throws InputException if it is missing, is no such file, or does not have as many bytes as it says
    static NpyFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file)
                    ? wrong(file, "it is no regular file", "Give a .npy file")
                    : wrong(file, "there is no such file", "Check the name");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            NpyHeader header = NpyHeader.read(file.toString(), channel);
            long needed = header.end(file.toString());
            if (needed != channel.size()) {
                throw wrong(
                        file,
                        "met " + channel.size() + " bytes; needed " + needed + " for " + header.type() + " "
                                + header.sizes(),
                        "The file is damaged: write it again");
            }
            return new NpyFile(file, header);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    ElementType type() {
        return header.type();
    }

    ImmutableLongArray sizes() {
        return header.sizes();
    }

    /// Fills `elements`, which has as many bytes as the array.
    void readInto(MemorySegment elements) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < elements.byteSize(); ) {
                ByteBuffer chunk = chunk(elements, at);
                while (chunk.hasRemaining()) {
                    if (channel.read(chunk, header.start() + at + chunk.position()) < 0) {
                        throw wrong(file, "it ends too early", "The file is damaged: write it again");
                    }
                }
                at += chunk.position();
            }
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    /// Writes a tensor as a whole file.
    static void write(Path file, Tensor tensor) {
        try (WholeFile whole = WholeFile.create(file)) {
            whole.write(NpyHeader.write(tensor.spec()));
            MemorySegment elements = tensor.elements();
            for (long at = 0; at < elements.byteSize(); at += CHUNK) {
                whole.write(chunk(elements, at));
            }
            whole.commit();
        }
    }

    private static ByteBuffer chunk(MemorySegment elements, long at) {
        return elements.asSlice(at, Math.min(CHUNK, elements.byteSize() - at)).asByteBuffer();
    }

    private static InputException unreadable(Path file, IOException cause) {
        return new InputException(
                file.toString(), "it cannot be read: " + cause, "Check its rights and the disk", cause);
    }

    private static InputException wrong(Path file, String problem, String remedy) {
        return new InputException(file.toString(), problem, remedy, null);
    }
}
