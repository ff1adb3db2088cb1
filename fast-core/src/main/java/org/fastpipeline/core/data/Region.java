// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import java.util.Optional;
import org.fastpipeline.core.error.WrongUseException;

/// A block of pixels of an image or volume; it may reach beyond the image.
///
/// @param x first column
/// @param y first row
/// @param z first slice
/// @param width columns, at least 1
/// @param height rows, at least 1
/// @param depth slices, at least 1
public record Region(int x, int y, int z, int width, int height, int depth) {
    public Region {
        if (width < 1 || height < 1 || depth < 1) {
            throw new WrongUseException(
                    "region",
                    "met size " + width + " x " + height + " x " + depth + "; needed each 1 or more",
                    "Give a size");
        }
    }

    /// A block of the same size elsewhere.
    public Region at(int newX, int newY, int newZ) {
        return new Region(newX, newY, newZ, width, height, depth);
    }

    /// What lies in both, if anything does.
    public Optional<Region> intersection(Region other) {
        int left = Math.max(x, other.x);
        int top = Math.max(y, other.y);
        int front = Math.max(z, other.z);
        long wide = Math.min((long) x + width, (long) other.x + other.width) - left;
        long high = Math.min((long) y + height, (long) other.y + other.height) - top;
        long deep = Math.min((long) z + depth, (long) other.z + other.depth) - front;
        return wide > 0 && high > 0 && deep > 0
                ? Optional.of(new Region(left, top, front, (int) wide, (int) high, (int) deep))
                : Optional.empty();
    }

    /// Whether `other` lies wholly in this one.
    public boolean contains(Region other) {
        return intersection(other).equals(Optional.of(other));
    }

    /// Its columns and rows.
    public Box box() {
        return new Box(x, y, width, height);
    }
}
