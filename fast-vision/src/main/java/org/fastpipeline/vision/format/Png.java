// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import com.google.common.collect.ImmutableSet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32;

/// PNG: a signature, then chunks of length, type, data and CRC-32; the first is IHDR, the last IEND (ISO/IEC
/// 15948).
final class Png {
    private static final int FIRST_CHUNK = 8;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int AROUND_DATA = 12;

    /// Chunks that decoders may leave aside: PLTE (for displays of few colours), tEXt, iTXt, zTXt, tIME, pHYs, and
    /// what tells of the camera's and the display's colours, by which no decoder here changes samples: gAMA, sRGB,
    /// cHRM, iCCP, sBIT, bKGD, hIST, sPLT.
    private static final ImmutableSet<Integer> IGNORED = ImmutableSet.of(
            0x504C5445,
            0x74455874,
            0x69545874,
            0x7A545874,
            0x74494D45,
            0x70485973,
            0x67414D41,
            0x73524742,
            0x6348524D,
            0x69434350,
            0x73424954,
            0x624B4744,
            0x68495354,
            0x73504C54);

    private Png() {}

    static ImageHeader header(Bytes bytes) {
        if (bytes.i32(FIRST_CHUNK + 4) != IHDR) {
            throw bytes.malformed("the PNG file does not begin with its header chunk");
        }
        int depth = bytes.u8(FIRST_CHUNK + 16);
        int colour = bytes.u8(FIRST_CHUNK + 17);
        boolean grey = colour == 0 || colour == 4;
        return new ImageHeader(
                ImageFormat.PNG, bytes.u32(FIRST_CHUNK + 8), bytes.u32(FIRST_CHUNK + 12), grey, depth > 8 ? 16 : 8);
    }

    /// Walks over all chunks: each must be there whole and match its checksum, up to the closing one.
    static void checkWhole(Bytes bytes) {
        boolean data = false;
        CRC32 crc = new CRC32();
        for (long at = FIRST_CHUNK; ; ) {
            long length = bytes.u32(at);
            int type = bytes.i32(at + 4);
            bytes.need(at, length + AROUND_DATA);
            crc.reset();
            crc.update(bytes.content().asSlice(at + 4, length + 4).asByteBuffer());
            if ((int) crc.getValue() != bytes.i32(at + 8 + length)) {
                throw bytes.malformed(
                        "the PNG file is damaged: the chunk at byte " + at + " does not match its checksum");
            }
            data |= type == IDAT;
            if (type == IEND) {
                break;
            }
            at += length + AROUND_DATA;
        }
        if (!data) {
            throw bytes.malformed("the PNG file holds no pixels");
        }
    }

    /// Where the data of a whole file are.
    ///
    /// @param dataBytes of all data chunks together
    /// @param isPlainRgb whether it is 8-bit RGB, not interlaced, with one picture and nothing that changes its
    // look
    record Parts(long width, long height, long dataBytes, boolean isPlainRgb) {
        /// Joins the data.
        void copyData(Bytes bytes, byte[] target) {
            int to = 0;
            for (long at = FIRST_CHUNK; bytes.i32(at + 4) != IEND; at += bytes.u32(at) + AROUND_DATA) {
                if (bytes.i32(at + 4) == IDAT) {
                    int length = Math.toIntExact(bytes.u32(at));
                    MemorySegment.copy(bytes.content(), ValueLayout.JAVA_BYTE, at + 8, target, to, length);
                    to += length;
                }
            }
        }
    }

    /// @param bytes a file that [#checkWhole] has walked over
    static Parts parts(Bytes bytes) {
        long data = 0;
        boolean plain = bytes.u8(FIRST_CHUNK + 16) == 8
                && bytes.u8(FIRST_CHUNK + 17) == 2
                && bytes.u8(FIRST_CHUNK + 18) == 0
                && bytes.u8(FIRST_CHUNK + 19) == 0
                && bytes.u8(FIRST_CHUNK + 20) == 0;
        for (long at = FIRST_CHUNK; bytes.i32(at + 4) != IEND; at += bytes.u32(at) + AROUND_DATA) {
            int type = bytes.i32(at + 4);
            if (type == IDAT) {
                data += bytes.u32(at);
            } else {
                plain &= IGNORED.contains(type) || (type == IHDR && at == FIRST_CHUNK);
            }
        }
        return new Parts(bytes.u32(FIRST_CHUNK + 8), bytes.u32(FIRST_CHUNK + 12), data, plain);
    }
}
