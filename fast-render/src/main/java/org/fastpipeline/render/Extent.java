// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;

/// The plane that something fills, seen from the view's first image: its pixels are the unit, x to the right, y down,
/// and (0, 0) is the outer corner of the first pixel.
///
/// Pictures in one view lie on each other as their spacings say: 256 columns of 1 mm cover 512 of 0.5 mm.
///
/// @param width columns, above 0
/// @param height rows, above 0
/// @param spacing size of a pixel in mm
public record Extent(double width, double height, Vector3 spacing) {
    public Extent {
        if (!(width > 0 && height > 0)) {
            throw new WrongUseException(
                    "extent", "met " + width + " x " + height + "; needed each above 0", "Leave out what is empty");
        }
    }

    /// That of an image.
    public static Extent of(ImageSpec spec) {
        return new Extent(spec.width(), spec.height(), spec.geometry().spacing());
    }

    /// The same plane in the pixels of another.
    public Extent in(Extent other) {
        return new Extent(
                width * spacing.x() / other.spacing.x(), height * spacing.y() / other.spacing.y(), other.spacing);
    }
}
