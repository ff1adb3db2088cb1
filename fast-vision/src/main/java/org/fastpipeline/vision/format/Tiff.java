// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.nio.ByteOrder;
import java.util.Optional;
import org.fastpipeline.core.error.InputException;

/// TIFF 6.0: a directory of tagged values says where strips or tiles of pixels lie.
final class Tiff {
    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int SUBFILE = 254;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int SAMPLE_FORMAT = 339;

    private Tiff() {}

    /// The whole numbers under one tag; those that fit in 4 bytes lie in the directory itself.
    private record Values(Bytes bytes, boolean wide, long at, long count) {
        long get(long index) {
            return wide ? bytes.u32(at + 4 * index) : bytes.u16(at + 2 * index);
        }
    }

    /// One directory of the file: a page, a thumbnail or a mask.
    private record Directory(Bytes bytes, long at) {
        int entries() {
            return bytes.u16(at);
        }

        long next() {
            return bytes.u32(at + 2 + (long) ENTRY * entries());
        }

        Optional<Values> values(int tag) {
            for (int i = 0; i < entries(); i++) {
                long entry = at + 2 + (long) ENTRY * i;
                if (bytes.u16(entry) == tag) {
                    return Optional.of(values(tag, entry));
                }
            }
            return Optional.empty();
        }

        private Values values(int tag, long entry) {
            int type = bytes.u16(entry + 2);
            long count = bytes.u32(entry + 4);
            if ((type != SHORT && type != LONG) || count < 1) {
                throw bytes.malformed("the TIFF file has " + count + " values of type " + type + " under tag " + tag
                        + "; needed whole numbers");
            }
            boolean wide = type == LONG;
            long length = count * (wide ? 4 : 2);
            long begin = length <= 4 ? entry + 8 : bytes.u32(entry + 8);
            bytes.need(begin, length);
            return new Values(bytes, wide, begin, count);
        }

        long value(int tag, long absent) {
            return values(tag).map(values -> values.get(0)).orElse(absent);
        }
    }

    private static Directory first(Bytes file) {
        Bytes bytes = file.with(file.u8(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return new Directory(bytes, bytes.u32(4));
    }

    static ImageHeader header(Bytes file) {
        Directory page = first(file);
        long bits = page.value(BITS, 1);
        long format = page.value(SAMPLE_FORMAT, 1);
        if (bits > 16 || format != 1) {
            throw file.unsupported("met a TIFF of " + bits + "-bit samples of format " + format
                    + "; needed unsigned whole numbers (format 1) of at most 16 bits");
        }
        boolean grey = page.value(SAMPLES, 1) == 1 && page.value(PHOTOMETRIC, 1) <= 1;
        return new ImageHeader(ImageFormat.TIFF, page.value(WIDTH, 0), page.value(HEIGHT, 0), grey, bits > 8 ? 16 : 8);
    }

    /// All strips or tiles must lie within the file, and there must be one page only.
    static void checkWhole(Bytes file) {
        Directory page = first(file);
        Optional<Values> tiles = page.values(TILE_OFFSETS);
        Values offsets = tiles.or(() -> page.values(STRIP_OFFSETS)).orElseThrow(() -> noPixels(file));
        Values sizes = page.values(tiles.isPresent() ? TILE_BYTES : STRIP_BYTES).orElseThrow(() -> noPixels(file));
        if (offsets.count() != sizes.count()) {
            throw noPixels(file);
        }
        for (long i = 0; i < offsets.count(); i++) {
            file.need(offsets.get(i), sizes.get(i));
        }
        boolean more = page.next() != 0 && (new Directory(page.bytes, page.next()).value(SUBFILE, 0) & 5) == 0;
        if (more) {
            throw file.unsupported("met a TIFF of several pages; needed one, for which file is one frame");
        }
    }

    private static InputException noPixels(Bytes file) {
        return file.malformed("the TIFF file does not say where its pixels are");
    }
}
