// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import org.fastpipeline.core.error.InputException;

/// An image format that is read; all others are refused before a decoder sees them.
///
/// OpenCV reads more (JPEG 2000, OpenEXR, Radiance HDR, WebP, AVIF), through decoders with a record of memory
/// faults.
public enum ImageFormat {
    /// Portable Network Graphics.
    PNG,
    /// JPEG, baseline or progressive.
    JPEG,
    /// Windows bitmap.
    BMP,
    /// TIFF with one page.
    TIFF,
    /// Portable bitmap, greymap or pixmap.
    PNM;

    private static final int SHOWN = 8;

    /// The format by a file's first bytes; nothing for a format that is not read.
    public static Optional<ImageFormat> of(MemorySegment head) {
        if (startsWith(head, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return Optional.of(PNG);
        }
        if (startsWith(head, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        }
        if (startsWith(head, 'B', 'M')) {
            return Optional.of(BMP);
        }
        if (startsWith(head, 'I', 'I', 42, 0) || startsWith(head, 'M', 'M', 0, 42)) {
            return Optional.of(TIFF);
        }
        boolean digit = head.byteSize() > 2 && unsigned(head, 1) >= '1' && unsigned(head, 1) <= '6';
        return digit && unsigned(head, 0) == 'P' && Character.isWhitespace(unsigned(head, 2))
                ? Optional.of(PNM)
                : Optional.empty();
    }

    /// What a whole file says of its image; checks that the file is not cut off.
    ///
    /// @param source the file's name, for errors
    /// @param content all of the file
    /// @param mostPixels an image of more is refused
    /// @throws InputException if it is not an image, of a kind that is not read, too large, damaged or truncated
    public static ImageHeader check(String source, MemorySegment content, long mostPixels) {
        ImageFormat format = of(content).orElseThrow(() -> notAnImage(source, content));
        Bytes bytes = new Bytes(source, content, ByteOrder.BIG_ENDIAN);
        ImageHeader header =
                switch (format) {
                    case PNG -> Png.header(bytes);
                    case JPEG -> Jpeg.header(bytes);
                    case BMP -> Bmp.header(bytes);
                    case TIFF -> Tiff.header(bytes);
                    case PNM -> Pnm.header(bytes);
                };
        header.checkSize(source, mostPixels);
        switch (format) {
            case PNG -> Png.checkWhole(bytes);
            case JPEG -> Jpeg.checkWhole(bytes);
            case BMP -> Bmp.checkWhole(bytes);
            case TIFF -> Tiff.checkWhole(bytes);
            case PNM -> Pnm.checkWhole(bytes, header);
        }
        return header;
    }

    private static InputException notAnImage(String source, MemorySegment content) {
        byte[] head = content.asSlice(0, Math.min(SHOWN, content.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        return new InputException(
                source,
                "not an image in a format that is read; it begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(head),
                "Give a PNG, JPEG, BMP, TIFF, PNM or MetaImage (.mhd, .mha) file, or a video",
                null);
    }

    private static boolean startsWith(MemorySegment head, int... magic) {
        if (head.byteSize() < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (unsigned(head, i) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static int unsigned(MemorySegment head, long at) {
        return head.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }
}
