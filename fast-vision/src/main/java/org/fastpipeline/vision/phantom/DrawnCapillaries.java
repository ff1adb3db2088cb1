// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Box;

/// The truth of a frame: which capillaries were drawn into it.
///
/// @param capillaries one by one
/// @param clearPixels pixels that clear ones cover
/// @param pixels all pixels of the frame
public record DrawnCapillaries(ImmutableList<DrawnCapillary> capillaries, long clearPixels, long pixels) {
    /// A capillary that was drawn.
    ///
    /// @param box around its pixels in the frame
    /// @param centreX mean of its pixels' columns
    /// @param centreY mean of its pixels' rows
    /// @param clear whether a person would clearly see it; one that is not may be found or not
    public record DrawnCapillary(Box box, double centreX, double centreY, boolean clear) {}

    /// Share of the frame that clear ones cover.
    public double density() {
        return (double) clearPixels / pixels;
    }

    /// How many are clear.
    public long clear() {
        return capillaries.stream().filter(DrawnCapillary::clear).count();
    }
}
