// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.render.ImageLayer.Range;

/// The least and the greatest sample of an image; what is not a number does not count.
final class Extremes {
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    private Extremes() {}

    /// From the least shown as black to the greatest shown as white; where they are equal, it is medium grey.
    static Range of(Image image) {
        Extremes extremes = new Extremes();
        ImageSpec spec = image.spec();
        MemorySegment pixels = image.pixels();
        long rows = (long) spec.height() * spec.depth();
        for (long y = 0; y < rows; y++) {
            MemorySegment row = pixels.asSlice(y * spec.rowStride());
            for (long i = 0; i < (long) spec.width() * spec.channels().channels(); i++) {
                extremes.add(sample(row, spec, i));
            }
        }
        return extremes.greatest > extremes.least
                ? Range.between(extremes.least, extremes.greatest)
                : new Range(extremes.least == Double.POSITIVE_INFINITY ? 0 : extremes.least, 1);
    }

    private static double sample(MemorySegment row, ImageSpec spec, long index) {
        return switch (spec.type()) {
            case U8 -> Byte.toUnsignedInt(row.get(ValueLayout.JAVA_BYTE, index));
            case U16 -> Short.toUnsignedInt(row.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index));
            case I16 -> row.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index);
            case I32 -> row.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index);
            case I64 -> row.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index);
            case F32 -> row.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
            case F64 -> row.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, index);
        };
    }

    private void add(double sample) {
        if (Double.isFinite(sample)) {
            least = Math.min(least, sample);
            greatest = Math.max(greatest, sample);
        }
    }
}
