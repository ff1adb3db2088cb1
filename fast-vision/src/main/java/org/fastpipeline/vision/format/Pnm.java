// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

/// Netpbm: `P1` to `P6`, then width, height and (but for bitmaps) the largest value as text, then samples.
final class Pnm {
    private Pnm() {}

    /// A number of the header and where it ends.
    private record Field(long value, long end) {}

    static ImageHeader header(Bytes bytes) {
        int kind = kind(bytes);
        Field width = number(bytes, 2);
        Field height = number(bytes, width.end);
        long largest = isBitmap(kind) ? 1 : number(bytes, height.end).value;
        if (largest < 1 || largest > 0xFFFF) {
            throw bytes.malformed("the PNM file has the largest value " + largest + "; needed 1 to 65535");
        }
        boolean grey = kind != 3 && kind != 6;
        return new ImageHeader(ImageFormat.PNM, width.value, height.value, grey, largest > 0xFF ? 16 : 8);
    }

    /// Checks that all samples are there; those written as text are counted.
    static void checkWhole(Bytes bytes, ImageHeader header) {
        int kind = kind(bytes);
        Field last = number(bytes, number(bytes, 2).end);
        if (!isBitmap(kind)) {
            last = number(bytes, last.end);
        }
        long samples = header.width() * (header.grey() ? 1 : 3);
        if (kind > 3) {
            long row = isBitmap(kind) ? (samples + 7) / 8 : samples * header.bits() / 8;
            bytes.need(last.end + 1, row * header.height());
        } else {
            countSamples(bytes, last.end, samples * header.height(), isBitmap(kind));
        }
    }

    private static void countSamples(Bytes bytes, long from, long needed, boolean oneDigit) {
        long at = from;
        for (long sample = 0; sample < needed; sample++) {
            while (at < bytes.size() && Character.isWhitespace(bytes.u8(at))) {
                at++;
            }
            bytes.need(at, 1);
            do {
                at++;
            } while (!oneDigit && at < bytes.size() && !Character.isWhitespace(bytes.u8(at)));
        }
    }

    private static int kind(Bytes bytes) {
        return bytes.u8(1) - '0';
    }

    private static boolean isBitmap(int kind) {
        return kind == 1 || kind == 4;
    }

    private static Field number(Bytes bytes, long from) {
        long at = from;
        while (Character.isWhitespace(bytes.u8(at)) || bytes.u8(at) == '#') {
            boolean comment = bytes.u8(at) == '#';
            while (comment && bytes.u8(at) != '\n') {
                at++;
            }
            at++;
        }
        long value = 0;
        long begin = at;
        for (; Character.isDigit(bytes.u8(at)); at++) {
            value = Math.min(value * 10 + bytes.u8(at) - '0', Integer.MAX_VALUE);
        }
        if (at == begin) {
            throw bytes.malformed("the PNM header has no number at byte " + at);
        }
        return new Field(value, at);
    }
}
