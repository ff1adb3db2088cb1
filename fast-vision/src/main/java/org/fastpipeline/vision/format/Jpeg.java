// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

/// JPEG: marker segments, then scans of entropy-coded data, then the end marker (ITU-T T.81).
///
/// libjpeg fills what is missing with grey and only warns; so the end marker is looked for here, past all scans. A
/// marker inside a segment (a thumbnail's end, say) does not count.
final class Jpeg {
    private static final int MARKER = 0xFF;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int TEMPORARY = 0x01;

    private Jpeg() {}

    static ImageHeader header(Bytes bytes) {
        for (long at = nextMarker(bytes, 2); ; at = nextMarker(bytes, at)) {
            int marker = bytes.u8(at + 1);
            if (isFrame(marker)) {
                return frame(bytes, at);
            }
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                throw bytes.malformed("the JPEG file has no frame header before byte " + at);
            }
            at += length(bytes, at);
        }
    }

    private static ImageHeader frame(Bytes bytes, long at) {
        int bits = bytes.u8(at + 4);
        int components = bytes.u8(at + 9);
        if (bits != 8) {
            throw bytes.unsupported("met a JPEG of " + bits + " bits; needed 8");
        }
        return new ImageHeader(ImageFormat.JPEG, bytes.u16(at + 7), bytes.u16(at + 5), components == 1, 8);
    }

    static void checkWhole(Bytes bytes) {
        boolean scan = false;
        for (long at = nextMarker(bytes, 2); ; at = nextMarker(bytes, at)) {
            int marker = bytes.u8(at + 1);
            if (marker == END_OF_IMAGE) {
                break;
            }
            scan |= marker == START_OF_SCAN;
            at += length(bytes, at);
        }
        if (!scan) {
            throw bytes.malformed("the JPEG file holds no pixels");
        }
    }

    /// Where the next marker begins, from `at` on; entropy-coded data, stuffed bytes and restart markers are passed
    /// over.
    private static long nextMarker(Bytes bytes, long at) {
        for (long i = at; ; i++) {
            if (bytes.u8(i) == MARKER) {
                int next = bytes.u8(i + 1);
                boolean restart = next >= 0xD0 && next <= 0xD7;
                if (next != 0 && next != MARKER && !restart) {
                    return i;
                }
            }
        }
    }

    /// Bytes of the marker at `at` and of its segment, where it has one.
    private static long length(Bytes bytes, long at) {
        int marker = bytes.u8(at + 1);
        return marker == TEMPORARY || marker == START_OF_IMAGE ? 2 : 2L + bytes.u16(at + 2);
    }

    /// Whether the marker begins a frame: SOF0 to SOF15 without DHT, JPG and DAC, which lie among them.
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
