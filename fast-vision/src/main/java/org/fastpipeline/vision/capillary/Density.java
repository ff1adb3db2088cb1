// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import org.fastpipeline.core.data.Key;

/// How much of a frame is capillary.
///
/// @param capillaryPixels pixels inside the contours of capillaries, each counted once
/// @param pixels all pixels of the frame
public record Density(long capillaryPixels, long pixels) {
    /// Metadata: width and height of a pixel of the frame in µm, where they are known.
    public static final Key<Double> PIXEL_SIZE = new Key<>("pixelSize", Double.class);

    /// Pixels inside contours / all pixels.
    public double value() {
        return (double) capillaryPixels / pixels;
    }

    @Override
    public String toString() {
        return "density " + value() + " (" + capillaryPixels + " of " + pixels + " pixels)";
    }
}
