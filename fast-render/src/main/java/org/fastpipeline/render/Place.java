// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

/// A rectangle of what is drawn on, in points from the upper left corner.
///
/// @param x from the left
/// @param y from the top
/// @param width points across
/// @param height points down
/// @param outerHeight points down of all that is drawn on
record Place(double x, double y, double width, double height, double outerHeight) {
    /// All of it.
    static Place all(double width, double height) {
        return new Place(0, 0, width, height, height);
    }

    boolean contains(double px, double py) {
        return px >= x && px < x + width && py >= y && py < y + height;
    }
}
