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
        if (width < 1 || height < 1) {
            throw new InputException(
                    source,
                    "the header says " + width + " x " + height + " pixels",
                    "Open it in an image viewer and save it again",
                    null);
        }
        if (width > MOST_SIDE || height > MOST_SIDE || width * height > mostPixels) {
            throw new InputException(
                    source,
                    "the header says " + width + " x " + height + " pixels; at most " + mostPixels + " pixels are read",
                    "Check the file; if it is meant to be so large, raise the pixel limit",
                    null);
        }
    }
}
