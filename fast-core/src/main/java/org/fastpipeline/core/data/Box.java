// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import org.fastpipeline.core.error.WrongUseException;

/// An axis-aligned rectangle in pixels of its image.
///
/// @param x left edge
/// @param y top edge
/// @param width columns, at least 1
/// @param height rows, at least 1
public record Box(int x, int y, int width, int height) {
    public Box {
        if (width < 1 || height < 1) {
            throw new WrongUseException(
                    "box", "met size " + width + " x " + height + "; needed 1 or more", "Drop empty boxes");
        }
    }

    /// Number of pixels.
    public long area() {
        return (long) width * height;
    }
}
