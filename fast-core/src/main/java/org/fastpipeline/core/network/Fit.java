// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.ImageSpec;

/// How an image lies in what a network reads: resized to `used`, from the upper left corner on; the rest is empty. If
/// it is flipped, all of that is mirrored.
///
/// @param image the image
/// @param width columns that the network reads
/// @param height rows that it reads
/// @param depth slices that it reads
/// @param usedWidth columns that the image takes of them
/// @param usedHeight rows that it takes
/// @param flipped whether the network reads it mirrored, left to right
record Fit(ImageSpec image, int width, int height, int depth, int usedWidth, int usedHeight, boolean flipped) {
    /// @param keepsAspect whether columns and rows are resized by one factor, so that the image fits; else it is
    /// stretched to all of it
    static Fit of(ImageSpec image, int width, int height, int depth, boolean keepsAspect, boolean flipped) {
        if (!keepsAspect) {
            return new Fit(image, width, height, depth, width, height, flipped);
        }
        double factor = Math.max((double) image.width() / width, (double) image.height() / height);
        return new Fit(
                image,
                width,
                height,
                depth,
                Math.clamp(Math.round(image.width() / factor), 1, width),
                Math.clamp(Math.round(image.height() / factor), 1, height),
                flipped);
    }

    /// The same for all images that differ in their place only.
    Fit shape() {
        return new Fit(image.with(Geometry.UNIT), width, height, depth, usedWidth, usedHeight, flipped);
    }

    /// How many pixels of the image make one column that the network reads.
    double scaleX() {
        return (double) image.width() / usedWidth;
    }

    /// How many pixels of the image make one row that the network reads.
    double scaleY() {
        return (double) image.height() / usedHeight;
    }

    /// Where the network's output lies, which covers what it reads.
    Geometry geometry(Block output) {
        return image.geometry()
                .reduced(
                        scaleX() * width / output.width(),
                        scaleY() * height / output.height(),
                        (double) image.depth() / output.depth());
    }

    /// The columns of an output that show the image.
    int usedWidth(Block output) {
        return Math.clamp(Math.round((double) usedWidth * output.width() / width), 1, output.width());
    }

    /// The rows of an output that show the image.
    int usedHeight(Block output) {
        return Math.clamp(Math.round((double) usedHeight * output.height() / height), 1, output.height());
    }
}
