// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.nio.ByteOrder;

/// Windows bitmap: a file header of 14 bytes, an information header, a palette, then rows padded to 4 bytes.
final class Bmp {
    private static final int OLD_HEADER = 12;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;

    private Bmp() {}

    static ImageHeader header(Bytes file) {
        Bytes bytes = file.with(ByteOrder.LITTLE_ENDIAN);
        if (isOld(bytes)) {
            return new ImageHeader(ImageFormat.BMP, bytes.u16(18), bytes.u16(20), false, 8);
        }
        // A negative height says that rows go from the top.
        return new ImageHeader(ImageFormat.BMP, bytes.i32(18), Math.abs((long) bytes.i32(22)), false, 8);
    }

    static void checkWhole(Bytes file) {
        Bytes bytes = file.with(ByteOrder.LITTLE_ENDIAN);
        ImageHeader header = header(file);
        int bits = bytes.u16(isOld(bytes) ? 24 : 28);
        long compression = isOld(bytes) ? 0 : bytes.u32(30);
        if (compression != RLE8 && compression != RLE4) {
            long stride = (header.width() * bits + 31) / 32 * 4;
            bytes.need(bytes.u32(10), stride * header.height());
        }
    }

    private static boolean isOld(Bytes bytes) {
        return bytes.u32(14) == OLD_HEADER;
    }
}
