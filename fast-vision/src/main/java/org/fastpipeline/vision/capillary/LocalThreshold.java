// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.Arrays;

/// Parts a bright vessel from its surroundings, each as bright as it is there: a region-based active contour with
/// local means (Lankton and Tannenbaum, "Localizing region-based active contours", 2008), in rounds over all pixels.
///
/// In each round the mean inside is taken over the pixels of the vessel in a box around a pixel, the mean outside
/// over those of its surroundings in a wider one; a pixel belongs to the vessel if it passes outside + 0.65 (inside
/// - outside), which is about half of a vessel's height, whose mean lies below its top. Where the two differ by
/// less than 0.42 of what they differ by in the whole, there is no vessel. Used by one thread.
final class LocalThreshold {
    /// Values are below this, so that the sum over the widest box fits below the count.
    static final int LEVELS = 1 << 12;

    /// The threshold where there is no vessel.
    static final float NOWHERE = 1e6f;

    private static final int INSIDE = 5;
    private static final int OUTSIDE = 10;
    private static final int GAP = 1;
    private static final float SHARE = 0.65f;
    private static final float CONTRAST = 0.42f;
    private static final int FEW = 9;

    /// Pixels are counted from this bit on, beside the sum of their values: one sum is two.
    private static final int COUNT = 21;

    private static final int SUM = (1 << COUNT) - 1;

    private final int[] values;
    private final int[] inside;
    private final int[] outside;
    private final int[] insideSums;
    private final int[] outsideSums;
    private final float[] threshold;
    private final BoxSums sums;
    private final int width;

    /// @param values row by row, rounded here; at least 0 and below [#LEVELS]
    LocalThreshold(float[] values, int width) {
        this.width = width;
        this.sums = new BoxSums(width, values.length / width);
        this.values = new int[values.length];
        for (int at = 0; at < values.length; at++) {
            this.values[at] = (int) (values[at] + 0.5f) | 1 << COUNT;
        }
        this.inside = new int[values.length];
        this.outside = new int[values.length];
        this.insideSums = new int[values.length];
        this.outsideSums = new int[values.length];
        this.threshold = new float[values.length];
    }

    /// Begins with a guess, and works the threshold out from it.
    ///
    /// @param guess the pixels of `box`, not 0 inside
    void begin(byte[] guess, Bounds box) {
        for (int y = box.y0(); y < box.y1(); y++) {
            for (int x = box.x0(); x < box.x1(); x++) {
                boolean isIn = guess[(y - box.y0()) * box.width() + x - box.x0()] != 0;
                inside[y * width + x] = isIn ? values[y * width + x] : 0;
            }
        }
        work();
    }

    /// Takes what passes the threshold for the vessel, and works the threshold out anew.
    void refine() {
        for (int at = 0; at < values.length; at++) {
            inside[at] = (values[at] & SUM) >= threshold[at] ? values[at] : 0;
        }
        work();
    }

    /// What a pixel has to reach.
    float[] threshold() {
        return threshold;
    }

    private void work() {
        sums.of(inside, GAP, insideSums);
        for (int at = 0; at < values.length; at++) {
            outside[at] = insideSums[at] == 0 ? values[at] : 0;
        }
        float meanInside = mean(inside);
        float meanOutside = mean(outside);
        if (Float.isNaN(meanInside) || Float.isNaN(meanOutside)) {
            Arrays.fill(threshold, NOWHERE);
            return;
        }
        sums.of(inside, INSIDE, insideSums);
        sums.of(outside, OUTSIDE, outsideSums);
        float least = CONTRAST * (meanInside - meanOutside);
        for (int at = 0; at < values.length; at++) {
            int insideCount = insideSums[at] >>> COUNT;
            if (insideCount == 0) {
                threshold[at] = NOWHERE;
                continue;
            }
            int outsideCount = outsideSums[at] >>> COUNT;
            float around = outsideCount < FEW ? meanOutside : (float) (outsideSums[at] & SUM) / outsideCount;
            float contrast = (float) (insideSums[at] & SUM) / insideCount - around;
            threshold[at] = contrast > least ? around + SHARE * contrast : NOWHERE;
        }
    }

    /// NaN for a mask of nothing.
    private float mean(int[] mask) {
        long sum = 0;
        long count = 0;
        for (int row = 0; row < mask.length; row += width) {
            int sumOfRow = 0; // of 32 bits, for vector instructions
            int countOfRow = 0;
            for (int at = row; at < row + width; at++) {
                sumOfRow += mask[at] & SUM;
                countOfRow += mask[at] >>> COUNT;
            }
            sum += sumOfRow;
            count += countOfRow;
        }
        return (float) sum / count;
    }
}
