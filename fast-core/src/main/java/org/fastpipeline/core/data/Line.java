// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

/// A line through points of an image, such as a contour or a vessel's middle.
///
/// @param points in the order in which it passes them
/// @param closed whether it goes back from the last to the first
public record Line(Points points, boolean closed) {
    /// A line from the first point to the last; x and y in turns.
    public static Line through(double... coordinates) {
        return new Line(Points.of(coordinates), false);
    }

    /// A line that goes back to the first point; x and y in turns.
    public static Line around(double... coordinates) {
        return new Line(Points.of(coordinates), true);
    }
}
