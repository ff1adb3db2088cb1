// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import org.fastpipeline.core.error.WrongUseException;

/// Where an image lies in the patient: physical point = origin + direction x (index * spacing).
///
/// @param spacing distance of neighbouring samples along x, y, z in mm, each above 0
/// @param origin position of the first sample in mm
/// @param directionX unit vector of the image's x axis; with y and z the columns of the 3x3 direction matrix
/// @param directionY unit vector of the image's y axis
/// @param directionZ unit vector of the image's z axis
public record Geometry(Vector3 spacing, Vector3 origin, Vector3 directionX, Vector3 directionY, Vector3 directionZ) {
    /// Spacing 1 mm, origin 0, axes not turned: what an image without such information has.
    public static final Geometry UNIT =
            new Geometry(Vector3.ONE, Vector3.ZERO, new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));

    public Geometry {
        if (!(spacing.x() > 0 && spacing.y() > 0 && spacing.z() > 0)) {
            throw new WrongUseException(
                    "geometry",
                    "met spacing " + spacing + "; needed each above 0 mm",
                    "Give the sample distance in mm");
        }
    }

    /// This geometry with another spacing.
    public Geometry withSpacing(Vector3 newSpacing) {
        return new Geometry(newSpacing, origin, directionX, directionY, directionZ);
    }

    /// The physical point of an index, in mm; the index may lie between samples and outside the image.
    public Vector3 point(double x, double y, double z) {
        double right = x * spacing.x();
        double down = y * spacing.y();
        double deep = z * spacing.z();
        return new Vector3(
                origin.x() + right * directionX.x() + down * directionY.x() + deep * directionZ.x(),
                origin.y() + right * directionX.y() + down * directionY.y() + deep * directionZ.y(),
                origin.z() + right * directionX.z() + down * directionY.z() + deep * directionZ.z());
    }

    /// The geometry of a part of the image that begins at the given index.
    public Geometry from(double x, double y, double z) {
        return new Geometry(spacing, point(x, y, z), directionX, directionY, directionZ);
    }

    /// The geometry of the image when blocks of so many samples are made one, which lies in the middle of its block.
    public Geometry reduced(double x, double y, double z) {
        return from((x - 1) / 2, (y - 1) / 2, (z - 1) / 2)
                .withSpacing(new Vector3(spacing.x() * x, spacing.y() * y, spacing.z() * z));
    }
}
