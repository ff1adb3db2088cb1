// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.vision.io.WholeFile;

/// An array in a file as NumPy's `save` writes it (format versions 1.0 and 2.0): little endian, in C order, of
/// elements that a tensor can have. See numpy.lib.format in NumPy's manual.
///
/// @param file the file
/// @param type what its elements are
/// @param sizes size along each dimension
/// @param start where the elements begin, in bytes
record NpyFile(Path file, ElementType type, ImmutableLongArray sizes, long start) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX = MAGIC.length + 2;
    private static final int MOST_HEADER = 10_000;
    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 1 << 24;
    private static final ImmutableMap<String, ElementType> TYPES = ImmutableMap.<String, ElementType>builder()
            .put("<f4", ElementType.F32)
            .put("<f8", ElementType.F64)
            .put("|u1", ElementType.U8)
            .put("<u2", ElementType.U16)
            .put("<i2", ElementType.I16)
            .put("<i4", ElementType.I32)
            .put("<i8", ElementType.I64)
            .buildOrThrow();

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
            ByteBuffer prefix = read(file, channel, 0, PREFIX);
            byte[] magic = new byte[MAGIC.length];
            prefix.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw wrong(file, "it does not begin as a .npy file does", "Write it with numpy.save");
            }
            int version = prefix.get();
            int minor = prefix.get();
            if (version < 1 || version > 2 || minor != 0) {
                throw wrong(
                        file,
                        "met format version " + version + "." + minor + "; needed 1.0 or 2.0",
                        "Write it with numpy.save");
            }
            int width = version == 1 ? Short.BYTES : Integer.BYTES;
            ByteBuffer lengthBytes = read(file, channel, PREFIX, width);
            long length = version == 1
                    ? Short.toUnsignedInt(lengthBytes.getShort())
                    : Integer.toUnsignedLong(lengthBytes.getInt());
            if (length > MOST_HEADER) {
                throw wrong(
                        file,
                        "met a header of " + length + " bytes; needed " + MOST_HEADER + " or fewer",
                        "Write it with numpy.save");
            }
            byte[] header = read(file, channel, PREFIX + width, (int) length).array();
            NpyFile found = of(file, new String(header, StandardCharsets.ISO_8859_1), PREFIX + width + length);
            found.check(channel.size());
            return found;
        } catch (IOException unreadable) {
            throw new InputException(
                    file.toString(), "it cannot be read: " + unreadable, "Check its rights and the disk", unreadable);
        }
    }

    private static NpyFile of(Path file, String text, long start) {
        NpyHeader header = NpyHeader.parse(text)
                .orElseThrow(() -> wrong(
                        file,
                        "its header is damaged; needed a dictionary of descr, fortran_order and shape",
                        "Write it with numpy.save"));
        ElementType type = TYPES.get(header.descr());
        if (type == null) {
            throw wrong(
                    file,
                    "met elements of type '" + header.descr() + "'; needed one of " + TYPES.keySet(),
                    "Convert it with astype, for example to '<f4'");
        }
        if (header.isFortranOrder() && header.shape().length() > 1) {
            throw wrong(
                    file,
                    "its elements are in Fortran order; needed C order",
                    "Convert it with numpy.ascontiguousarray");
        }
        return new NpyFile(file, type, header.shape(), start);
    }

    private void check(long size) {
        long needed = start;
        try {
            long bytes = type.bytes();
            for (long length : sizes.toArray()) {
                bytes = Math.multiplyExact(bytes, length);
            }
            needed = Math.addExact(start, bytes);
        } catch (ArithmeticException overflow) {
            throw wrong(file, "met shape " + sizes + ", which no memory holds", "Write it with numpy.save");
        }
        if (needed != size) {
            throw wrong(
                    file,
                    "met " + size + " bytes; needed " + needed + " for " + type + " " + sizes,
                    "The file is damaged: write it again");
        }
    }

    /// Fills `elements`, which has as many bytes as the array.
    void readInto(MemorySegment elements) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < elements.byteSize(); ) {
                ByteBuffer chunk = elements.asSlice(at, Math.min(CHUNK, elements.byteSize() - at))
                        .asByteBuffer();
                fill(file, channel, start + at, chunk);
                at += chunk.position();
            }
        } catch (IOException unreadable) {
            throw new InputException(
                    file.toString(), "it cannot be read: " + unreadable, "Check its rights and the disk", unreadable);
        }
    }

    /// Writes a tensor of F32 as a whole file.
    static void write(Path file, Tensor tensor) {
        String shape = String.join(
                ", ", tensor.spec().sizes().stream().mapToObj(Long::toString).toList());
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape
                + (tensor.spec().rank() == 1 ? "," : "") + "), }";
        int unpadded = PREFIX + Short.BYTES + header.length() + 1;
        header += " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
        ByteBuffer head = ByteBuffer.allocate(PREFIX + Short.BYTES + header.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .flip();
        try (WholeFile whole = WholeFile.create(file)) {
            whole.write(head);
            MemorySegment elements = tensor.elements();
            for (long at = 0; at < elements.byteSize(); at += CHUNK) {
                whole.write(elements.asSlice(at, Math.min(CHUNK, elements.byteSize() - at))
                        .asByteBuffer());
            }
            whole.commit();
        }
    }

    private static ByteBuffer read(Path file, FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(file, channel, at, bytes);
        return bytes.flip();
    }

    private static void fill(Path file, FileChannel channel, long at, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw wrong(file, "it ends too early", "The file is damaged: write it again");
            }
        }
    }

    private static InputException wrong(Path file, String problem, String remedy) {
        return new InputException(file.toString(), problem, remedy, null);
    }
}
