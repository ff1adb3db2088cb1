// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

/// How much of a frame is capillary.
///
/// @param capillaryPixels pixels inside the contours of capillaries, each counted once
/// @param pixels all pixels of the frame
public record Density(long capillaryPixels, long pixels) {
    /// Pixels inside contours / all pixels.
    public double value() {
        return (double) capillaryPixels / pixels;
    }

    @Override
    public String toString() {
        return "density " + value() + " (" + capillaryPixels + " of " + pixels + " pixels)";
    }
}
