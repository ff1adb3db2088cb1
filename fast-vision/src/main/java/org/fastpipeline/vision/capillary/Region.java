// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.primitives.ImmutableIntArray;

/// A connected set of pixels of the work image.
///
/// @param pixels their positions, numbered row by row
/// @param bounds the smallest rectangle around them
/// @param peak greatest absorption among them
record Region(ImmutableIntArray pixels, Bounds bounds, int peak) {
    int area() {
        return pixels.length();
    }

    int longestSide() {
        return Math.max(bounds.width(), bounds.height());
    }
}
