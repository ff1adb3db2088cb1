// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.Adler32;

/// Decodes the most common kind of PNG in about half of the time that the usual libraries take: 8-bit RGB, not
/// interlaced, one picture, nothing in the file that could change how it looks.
public final class PngPixels {
    private static final int CHANNELS = 3;

    private PngPixels() {}

    /// Writes the pixels as packed BGR.
    ///
    /// @param content all of a file that [ImageFormat#check] has found whole
    /// @param pixels where they go, 3 bytes for each
    /// @return whether that was done; if not, the file is damaged or of another kind, and `pixels` holds anything
    public static boolean bgr(MemorySegment content, MemorySegment pixels) {
        Bytes bytes = new Bytes("", content, ByteOrder.BIG_ENDIAN);
        Png.Parts parts = Png.parts(bytes);
        long rowBytes = 1 + CHANNELS * parts.width();
        if (!parts.isPlainRgb() || rowBytes > 1 << 20 || pixels.byteSize() != parts.height() * (rowBytes - 1)) {
            return false;
        }
        byte[] stream = new byte[(int) parts.dataBytes() + ZlibBits.SLACK];
        parts.copyData(bytes, stream);
        try {
            return decode(
                    new Inflate(new ZlibBits(stream, (int) parts.dataBytes()), (int) rowBytes), (int) rowBytes, pixels);
        } catch (ZlibBits.Malformed damaged) {
            return false;
        }
    }

    private static boolean decode(Inflate inflate, int rowBytes, MemorySegment pixels) throws ZlibBits.Malformed {
        Adler32 sum = new Adler32();
        byte[] row = new byte[rowBytes - 1];
        byte[] before = new byte[rowBytes - 1];
        for (long to = 0; to < pixels.byteSize(); to += row.length) {
            if (!inflate.has(rowBytes)) {
                return false;
            }
            int from = inflate.from();
            sum.update(inflate.window(), from, rowBytes);
            if (!PngFilters.undo(inflate.window(), from, before, row)) {
                return false;
            }
            MemorySegment.copy(row, 0, pixels, ValueLayout.JAVA_BYTE, to, row.length);
            inflate.skip(rowBytes);
            byte[] spare = before;
            before = row;
            row = spare;
        }
        return !inflate.has(1) && inflate.checksum() == (int) sum.getValue();
    }
}
