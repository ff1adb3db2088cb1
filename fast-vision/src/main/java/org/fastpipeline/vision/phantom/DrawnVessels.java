// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// The truth of an ultrasound frame: how much of it is artery, and how much vein.
///
/// @param arteryPixels pixels of the artery's lumen
/// @param veinPixels pixels of the vein's lumen
/// @param spacing width and height of a pixel, in mm
public record DrawnVessels(long arteryPixels, long veinPixels, double spacing) {
    /// Area of the artery's lumen as far as the frame shows it, in mm².
    public double arteryArea() {
        return arteryPixels * spacing * spacing;
    }

    /// Area of the vein's lumen as far as the frame shows it, in mm².
    public double veinArea() {
        return veinPixels * spacing * spacing;
    }
}
