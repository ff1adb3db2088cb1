// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.fastpipeline.core.error.InputException;

/// The beginning of an array's file as NumPy's `save` writes it (`.npy`, format versions 1.0 and 2.0), for arrays in C
/// order of little-endian elements that a tensor can have. The elements follow. See numpy.lib.format in NumPy's manual.
///
/// @param type what the elements are
/// @param sizes size along each dimension
/// @param start where in the file the elements begin, in bytes
public record NpyHeader(ElementType type, ImmutableLongArray sizes, long start) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX = MAGIC.length + 2;
    private static final int MOST_BYTES = 10_000;
    private static final int ALIGNMENT = 64;
    private static final ImmutableBiMap<String, ElementType> TYPES = ImmutableBiMap.<String, ElementType>builder()
            .put("<f4", ElementType.F32)
            .put("<f8", ElementType.F64)
            .put("|u1", ElementType.U8)
            .put("<u2", ElementType.U16)
            .put("<i2", ElementType.I16)
            .put("<i4", ElementType.I32)
            .put("<i8", ElementType.I64)
            .buildOrThrow();

    /// Reads a header and leaves `file` where the elements begin.
    ///
    /// @param name of the file, for errors
    /// @throws InputException if it is no such header, or the channel cannot be read
    public static NpyHeader read(String name, ReadableByteChannel file) {
        ByteBuffer prefix = bytes(name, file, PREFIX);
        byte[] magic = new byte[MAGIC.length];
        prefix.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw wrong(name, "it does not begin as a .npy file does", "Write it with numpy.save");
        }
        int version = prefix.get();
        int minor = prefix.get();
        if (version < 1 || version > 2 || minor != 0) {
            throw wrong(
                    name,
                    "met format version " + version + "." + minor + "; needed 1.0 or 2.0",
                    "Write it with numpy.save");
        }
        int width = version == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer count = bytes(name, file, width);
        long length = version == 1 ? Short.toUnsignedInt(count.getShort()) : Integer.toUnsignedLong(count.getInt());
        if (length > MOST_BYTES) {
            throw wrong(
                    name,
                    "met a header of " + length + " bytes; needed " + MOST_BYTES + " or fewer",
                    "Write it with numpy.save");
        }
        byte[] text = bytes(name, file, (int) length).array();
        return of(name, new String(text, StandardCharsets.ISO_8859_1), PREFIX + width + length);
    }

    private static NpyHeader of(String name, String text, long start) {
        NpyDictionary said = NpyDictionary.parse(text)
                .orElseThrow(() -> wrong(
                        name,
                        "its header is damaged; needed a dictionary of descr, fortran_order and shape",
                        "Write it with numpy.save"));
        ElementType type = TYPES.get(said.descr());
        if (type == null) {
            throw wrong(
                    name,
                    "met elements of type '" + said.descr() + "'; needed one of " + TYPES.keySet(),
                    "Convert it with astype, for example to '<f4'");
        }
        if (said.isFortranOrder() && said.shape().length() > 1) {
            throw wrong(
                    name,
                    "its elements are in Fortran order; needed C order",
                    "Convert it with numpy.ascontiguousarray");
        }
        return new NpyHeader(type, said.shape(), start);
    }

    private static ByteBuffer bytes(String name, ReadableByteChannel file, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes) < 0) {
                    throw wrong(name, "it ends too early", "The file is damaged: write it again");
                }
            }
        } catch (IOException unreadable) {
            throw new InputException(
                    name, "it cannot be read: " + unreadable, "Check its rights and the disk", unreadable);
        }
        return bytes.flip();
    }

    /// The header of a tensor, to write before its elements.
    public static ByteBuffer write(TensorSpec spec) {
        String descr = TYPES.inverse().get(spec.type());
        String shape = spec.sizes().stream().mapToObj(Long::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape
                + (spec.rank() == 1 ? "," : "") + "), }";
        int unpadded = PREFIX + Short.BYTES + dictionary.length() + 1;
        String header = dictionary + " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
        return ByteBuffer.allocate(PREFIX + Short.BYTES + header.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .flip();
    }

    /// Where in the file the elements end, in bytes: the size of a whole file.
    ///
    /// @param name of the file, for errors
    /// @throws InputException if no memory holds so many
    public long end(String name) {
        try {
            long elements = type.bytes();
            for (long length : sizes.toArray()) {
                elements = Math.multiplyExact(elements, length);
            }
            return Math.addExact(start, elements);
        } catch (ArithmeticException overflow) {
            throw wrong(name, "met shape " + sizes + ", which no memory holds", "Write it with numpy.save");
        }
    }

    private static InputException wrong(String name, String problem, String remedy) {
        return new InputException(name, problem, remedy, null);
    }
}
