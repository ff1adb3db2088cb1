// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;

/// The box that a volume fills, in millimetres of the patient, as its geometry says: x to the left, y to the back, z to
/// the head, as in DICOM and MetaImage.
///
/// @param corner outer corner of the first sample
/// @param x from there along all columns
/// @param y from there along all rows
/// @param z from there along all slices
/// @param spacing distances of samples
public record Space(Vector3 corner, Vector3 x, Vector3 y, Vector3 z, Vector3 spacing) {
    private static final double FLAT = 1e-9;

    public Space {
        double volume = Math.abs(x.cross(y).dot(z));
        if (!(volume > FLAT * x.length() * y.length() * z.length())) {
            throw new WrongUseException(
                    "space",
                    "met sides along " + x + ", " + y + " and " + z + "; needed three that do not lie in one plane",
                    "Correct the directions of the volume's geometry");
        }
    }

    /// That of a volume, or of an image as a volume of one slice.
    ///
    /// @throws WrongUseException if its directions lie in one plane
    public static Space of(ImageSpec spec) {
        Geometry geometry = spec.geometry();
        Vector3 spacing = geometry.spacing();
        return new Space(
                geometry.point(-0.5, -0.5, -0.5),
                geometry.directionX().times(spec.width() * spacing.x()),
                geometry.directionY().times(spec.height() * spacing.y()),
                geometry.directionZ().times(spec.depth() * spacing.z()),
                spacing);
    }

    /// A place in it.
    ///
    /// @param right of all columns, 0 to 1
    /// @param down of all rows, 0 to 1
    /// @param deep of all slices, 0 to 1
    public Vector3 at(double right, double down, double deep) {
        return corner.plus(x.times(right)).plus(y.times(down)).plus(z.times(deep));
    }

    /// Its middle.
    public Vector3 middle() {
        return at(0.5, 0.5, 0.5);
    }

    /// Its eight corners; of corner i, the bits 1, 2 and 4 say whether it is at the far end of x, y and z.
    public ImmutableList<Vector3> corners() {
        ImmutableList.Builder<Vector3> all = ImmutableList.builder();
        for (int i = 0; i < 8; i++) {
            all.add(at(i & 1, i >> 1 & 1, i >> 2 & 1));
        }
        return all.build();
    }

    /// How far its farthest corner is from its middle.
    public double radius() {
        Vector3 middle = middle();
        return corners().stream()
                .mapToDouble(one -> one.minus(middle).length())
                .max()
                .orElseThrow();
    }

    /// The smallest distance of samples, in mm.
    double smallestSpacing() {
        return Math.min(Math.min(spacing.x(), spacing.y()), spacing.z());
    }

    /// A step in millimetres, as parts of all columns, rows and slices: the inverse of what [#at] does.
    Vector3 parts(Vector3 step) {
        double volume = x.cross(y).dot(z);
        return new Vector3(step.dot(y.cross(z)) / volume, step.dot(z.cross(x)) / volume, step.dot(x.cross(y)) / volume);
    }
}
