// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// A capillary that was drawn.
///
/// @param shown how dark it is at each pixel of its window, about 1 where darkest
/// @param form the same if it were evenly filled
/// @param away distance from its edge at each pixel of the same window, 0 or less within, far away where not painted
record Vessel(Raster shown, Raster form, Raster away) {
    /// Its edge is where its form has half its strength.
    private static final float EDGE = 0.5f;

    /// A part less dark than this share of the darkest one is not seen to belong to it.
    private static final float SUNK = 0.25f;

    /// Whether a pixel of the window is the vessel's.
    boolean covers(int at) {
        return form.values[at] >= EDGE && shown.values[at] >= SUNK;
    }
}
