// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import org.fastpipeline.core.error.InputException;

/// What the header of an image file says.
///
/// @param format the file's format
/// @param width columns
/// @param height rows
/// @param grey whether the image has one channel of brightness and no palette
/// @param bits 8, or 16 where samples have more than 8 bits
public record ImageHeader(ImageFormat format, long width, long height, boolean grey, int bits) {
    /// Longest side that OpenCV takes.
    private static final long MOST_SIDE = 1 << 20;

    void checkSize(String source, long mostPixels) {
        checkSize(source, width, height, mostPixels);
    }

    /// Refuses an image without pixels, or of more than are read.
    static void checkSize(String source, long width, long height, long mostPixels) {
        if (width < 1 || height < 1) {
            throw new InputException(
                    source,
                    "the header says " + width + " x " + height + " pixels",
                    "Copy or export it again from where it came from",
                    null);
        }
        if (width > MOST_SIDE || height > MOST_SIDE) {
            throw new InputException(
                    source,
                    "the header says " + width + " x " + height + " pixels; at most " + MOST_SIDE + " a side are read",
                    "Cut it into tiles",
                    null);
        }
        if (width * height > mostPixels) {
            throw new InputException(
                    source,
                    "the header says " + width + " x " + height + " pixels; at most " + mostPixels + " pixels are read",
                    "Scale it down or cut it into tiles; the limit is a setting of the streamer (pixelLimit)",
                    null);
        }
    }
}
