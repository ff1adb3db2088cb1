// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.util.zip.CRC32;

/// PNG: a signature, then chunks of length, type, data and CRC-32; the first is IHDR, the last IEND (ISO/IEC
/// 15948).
final class Png {
    private static final int FIRST_CHUNK = 8;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int AROUND_DATA = 12;

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
}
