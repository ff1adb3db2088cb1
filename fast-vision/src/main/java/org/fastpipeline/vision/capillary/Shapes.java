// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;

/// The shape of each capillary of one frame, in the order of the [ScoredBoxes].
///
/// @param shapes one for each capillary
public record Shapes(ImmutableList<Shape> shapes) {
    /// The shape of one capillary, in pixels of the frame. One without pixels has the middle of its box, and no
    /// area, length and width.
    ///
    /// @param x column of its centre of mass
    /// @param y row of its centre of mass
    /// @param area number of its pixels
    /// @param length of its centre line, from tip to tip and over all branches
    /// @param width area / length, its mean width
    public record Shape(double x, double y, int area, double length, double width) {}
}
