// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.util.OptionalDouble;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.error.WrongUseException;

/// How an image, a volume or a level of a pyramid is cut: into blocks of one size that overlap their neighbours, the
/// outermost reaching beyond the image.
///
/// @param whole what is cut: its size, kind and geometry, at the scale at which it is read
/// @param patch size of each patch
/// @param overlap how far a patch reaches beyond what is its own, on each side; along each axis less than half of the
/// patch
/// @param scale where a pyramid is read; [Scale#FULL] for an image
/// @param magnification of the patches, where it is known
public record PatchGrid(ImageSpec whole, Extent patch, Extent overlap, Scale scale, OptionalDouble magnification) {
    public PatchGrid {
        if (overlap.x() < 0
                || overlap.y() < 0
                || overlap.z() < 0
                || 2L * overlap.x() >= patch.x()
                || 2L * overlap.y() >= patch.y()
                || 2L * overlap.z() >= patch.z()) {
            throw new WrongUseException(
                    "patches of " + patch,
                    "met an overlap of " + overlap + " pixels on each side, which leaves nothing between; needed less"
                            + " than half of the patch",
                    "Make the overlap smaller or the patches larger");
        }
    }

    /// The overlap that is a fraction of the patch, rounded along each axis.
    static Extent overlap(Extent patch, double fraction) {
        return new Extent((int) Math.round(fraction * patch.x()), (int) Math.round(fraction * patch.y()), (int)
                Math.round(fraction * patch.z()));
    }

    /// From one patch to the next, which is also the size of what is a patch's own.
    public Extent stride() {
        return new Extent(patch.x() - 2 * overlap.x(), patch.y() - 2 * overlap.y(), patch.z() - 2 * overlap.z());
    }

    /// How many patches there are along each axis.
    public Extent tiles() {
        Extent stride = stride();
        return new Extent(
                Math.ceilDiv(whole.width(), stride.x()),
                Math.ceilDiv(whole.height(), stride.y()),
                Math.ceilDiv(whole.depth(), stride.z()));
    }

    /// How many patches there are in all.
    public long count() {
        Extent tiles = tiles();
        return (long) tiles.x() * tiles.y() * tiles.z();
    }

    /// The tile that has this number; they are counted along x, then y, then z.
    public Extent tile(long id) {
        Extent tiles = tiles();
        long row = id / tiles.x();
        return new Extent((int) (id % tiles.x()), (int) (row % tiles.y()), (int) (row / tiles.y()));
    }

    /// What the patch shows, in pixels of the whole; it may reach beyond.
    public Region region(long id) {
        Extent tile = tile(id);
        Extent stride = stride();
        return new Region(
                tile.x() * stride.x() - overlap.x(),
                tile.y() * stride.y() - overlap.y(),
                tile.z() * stride.z() - overlap.z(),
                patch.x(),
                patch.y(),
                patch.z());
    }

    /// What is the patch's own, without overlap and without what lies beyond the whole: together these are the whole.
    public Region own(long id) {
        Extent tile = tile(id);
        Extent stride = stride();
        return new Region(
                        tile.x() * stride.x(),
                        tile.y() * stride.y(),
                        tile.z() * stride.z(),
                        stride.x(),
                        stride.y(),
                        stride.z())
                .intersection(whole.region())
                .orElseThrow();
    }

    /// The geometry of an image that has one pixel for each patch: its spacing is the patches' pitch in mm.
    public Geometry pitch() {
        Extent stride = stride();
        return whole.geometry().reduced(stride.x(), stride.y(), stride.z());
    }
}
