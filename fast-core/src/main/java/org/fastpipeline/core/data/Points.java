// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.primitives.ImmutableDoubleArray;
import org.fastpipeline.core.error.WrongUseException;

/// Places in an image, in pixels and in a fixed order; they may lie outside of it. (0, 0) is the outer corner of the
/// first pixel, whose middle is (0.5, 0.5).
///
/// @param coordinates x and y in turns, no infinities and all numbers
public record Points(ImmutableDoubleArray coordinates) {
    /// No place.
    public static final Points NONE = of();

    public Points {
        if (coordinates.length() % 2 != 0 || !coordinates.stream().allMatch(Double::isFinite)) {
            throw new WrongUseException(
                    "points",
                    "met coordinates " + coordinates + "; needed x and y for each, as finite numbers",
                    "Drop points that are nowhere");
        }
    }

    /// Places given by x and y in turns.
    public static Points of(double... coordinates) {
        return new Points(ImmutableDoubleArray.copyOf(coordinates));
    }

    /// How many there are.
    public int size() {
        return coordinates.length() / 2;
    }

    /// Distance of a point from the left.
    public double x(int index) {
        return coordinates.get(2 * index);
    }

    /// Distance of a point from the top.
    public double y(int index) {
        return coordinates.get(2 * index + 1);
    }
}
