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

    /// Intersection over union, the Jaccard index: 1 for equal boxes, 0 for boxes that share no pixel.
    public double iou(Box other) {
        long wide = Math.min((long) x + width, (long) other.x + other.width) - Math.max(x, other.x);
        long high = Math.min((long) y + height, (long) other.y + other.height) - Math.max(y, other.y);
        if (wide <= 0 || high <= 0) {
            return 0;
        }
        double common = (double) wide * high;
        return common / (area() + other.area() - common);
    }

    /// Number of pixels.
    public long area() {
        return (long) width * height;
    }
}
