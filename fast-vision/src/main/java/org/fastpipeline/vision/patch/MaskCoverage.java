// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.InputException;

/// How much of a block of an image lies in a mask, which may have another spacing and origin along each axis.
final class MaskCoverage {
    private static final double PARALLEL = 1e-3;

    private final ImageSpec spec;
    private final MemorySegment pixels;
    private final Geometry image;

    /// Where the mask's origin lies, in mm along the axes of the image, from its origin.
    private final Vector3 shift;

    MaskCoverage(Image mask, Geometry image) {
        this.spec = mask.spec();
        this.pixels = mask.pixels();
        this.image = image;
        Geometry own = spec.geometry();
        checkParallel(mask, own.directionX(), image.directionX());
        checkParallel(mask, own.directionY(), image.directionY());
        checkParallel(mask, own.directionZ(), image.directionZ());
        Vector3 between = new Vector3(
                own.origin().x() - image.origin().x(),
                own.origin().y() - image.origin().y(),
                own.origin().z() - image.origin().z());
        this.shift = new Vector3(
                dot(between, image.directionX()), dot(between, image.directionY()), dot(between, image.directionZ()));
    }

    private static void checkParallel(Image mask, Vector3 one, Vector3 other) {
        if (dot(one, other) < 1 - PARALLEL) {
            throw new InputException(
                    "mask " + mask,
                    "its axes are turned against those of the image (" + one + " against " + other + ")",
                    "Resample the mask to the image's axes",
                    null);
        }
    }

    private static double dot(Vector3 one, Vector3 other) {
        return one.x() * other.x() + one.y() * other.y() + one.z() * other.z();
    }

    /// The share of the mask's samples over `region` that are not 0; what lies outside the mask is not in it.
    double share(Region region) {
        Vector3 from = image.spacing();
        Vector3 to = spec.geometry().spacing();
        Range x = Range.of(region.x(), region.width(), from.x(), shift.x(), to.x(), spec.width());
        Range y = Range.of(region.y(), region.height(), from.y(), shift.y(), to.y(), spec.height());
        Range z = Range.of(region.z(), region.depth(), from.z(), shift.z(), to.z(), spec.depth());
        long set = 0;
        for (int slice = z.from; slice < z.to; slice++) {
            for (int row = y.from; row < y.to; row++) {
                for (int column = x.from; column < x.to; column++) {
                    set += isSet(spec.offset(column, row, slice)) ? 1 : 0;
                }
            }
        }
        long all = (long) x.length() * y.length() * z.length();
        return all == 0 ? 0 : (double) set / all;
    }

    private boolean isSet(long at) {
        for (int i = 0; i < spec.pixelBytes(); i++) {
            if (pixels.get(ValueLayout.JAVA_BYTE, at + i) != 0) {
                return true;
            }
        }
        return false;
    }

    /// Samples of the mask along one axis.
    private record Range(int from, int to) {
        /// @param first first pixel of the image
        /// @param pixels how many of them
        /// @param spacing of the image
        /// @param shift of the mask's first sample against the image's, in mm
        /// @param maskSpacing of the mask
        /// @param size of the mask
        static Range of(int first, int pixels, double spacing, double shift, double maskSpacing, int size) {
            // Pixels reach half a pixel to both sides of their middle.
            double begin = ((first - 0.5) * spacing - shift) / maskSpacing + 0.5;
            double end = begin + pixels * spacing / maskSpacing;
            long from = Math.round(begin);
            long to = Math.round(end);
            if (to <= from) {
                from = (long) Math.floor((begin + end) / 2);
                to = from + 1;
            }
            int inside = Math.clamp(from, 0, size);
            return new Range(inside, Math.clamp(to, inside, size));
        }

        int length() {
            return to - from;
        }
    }
}
