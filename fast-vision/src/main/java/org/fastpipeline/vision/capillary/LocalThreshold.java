// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.Arrays;

/// Parts a bright vessel from its surroundings, each as bright as it is there: a region-based active contour with
/// local means (Lankton and Tannenbaum, "Localizing region-based active contours", 2008), in rounds over all pixels.
///
/// In each round the mean inside is taken over the pixels of the vessel in a box around a pixel, the mean outside
/// over those of its surroundings in a wider one; a pixel belongs to the vessel if it passes outside + 0.63 (inside
/// - outside), which is about half of a vessel's height, whose mean lies below its top. Where the two differ by
/// less than 0.42 of what they differ by in the whole, there is no vessel. Used by one thread.
final class LocalThreshold {
    /// The threshold where there is no vessel.
    static final float NOWHERE = 1e5f;

    private static final int INSIDE = 5;
    private static final int OUTSIDE = 10;
    private static final int GAP = 1;
    private static final float SHARE = 0.63f;
    private static final float CONTRAST = 0.42f;
    private static final int FEW = 9;

    private final float[] values;
    private final BoxSums sums;
    private final float[] inside;
    private final float[] outside;
    private final float[] weighted;
    private final float[] insideCount;
    private final float[] insideSum;
    private final float[] outsideCount;
    private final float[] outsideSum;
    private final float[] threshold;
    private final int width;

    /// @param values row by row
    LocalThreshold(float[] values, int width) {
        this.values = values;
        this.width = width;
        this.sums = new BoxSums(width, values.length / width);
        this.inside = new float[values.length];
        this.outside = new float[values.length];
        this.weighted = new float[values.length];
        this.insideCount = new float[values.length];
        this.insideSum = new float[values.length];
        this.outsideCount = new float[values.length];
        this.outsideSum = new float[values.length];
        this.threshold = new float[values.length];
    }

    /// Begins with a guess, and works the threshold out from it.
    ///
    /// @param guess the pixels of `box`, not 0 inside
    void begin(byte[] guess, Bounds box) {
        for (int y = box.y0(); y < box.y1(); y++) {
            for (int x = box.x0(); x < box.x1(); x++) {
                inside[y * width + x] = guess[(y - box.y0()) * box.width() + x - box.x0()] == 0 ? 0 : 1;
            }
        }
        work();
    }

    /// Takes what passes the threshold for the vessel, and works the threshold out anew.
    void refine() {
        for (int at = 0; at < values.length; at++) {
            inside[at] = values[at] >= threshold[at] ? 1 : 0;
        }
        work();
    }

    /// What a pixel has to reach.
    float[] threshold() {
        return threshold;
    }

    private void work() {
        sums.of(inside, GAP, insideCount);
        for (int at = 0; at < values.length; at++) {
            outside[at] = insideCount[at] == 0 ? 1 : 0;
        }
        float meanInside = mean(inside);
        float meanOutside = mean(outside);
        if (Float.isNaN(meanInside) || Float.isNaN(meanOutside)) {
            Arrays.fill(threshold, NOWHERE);
            return;
        }
        means(inside, INSIDE, insideCount, insideSum);
        means(outside, OUTSIDE, outsideCount, outsideSum);
        float least = CONTRAST * (meanInside - meanOutside);
        for (int at = 0; at < values.length; at++) {
            float around = outsideCount[at] < FEW ? meanOutside : outsideSum[at] / outsideCount[at];
            float contrast = insideSum[at] / Math.max(1, insideCount[at]) - around;
            boolean known = insideCount[at] > 0 && contrast > least;
            threshold[at] = known ? around + SHARE * contrast : NOWHERE;
        }
    }

    private void means(float[] mask, int half, float[] counts, float[] totals) {
        sums.of(mask, half, counts);
        for (int at = 0; at < values.length; at++) {
            weighted[at] = values[at] * mask[at];
        }
        sums.of(weighted, half, totals);
    }

    /// NaN for a mask of nothing.
    private float mean(float[] mask) {
        double sum = 0;
        double count = 0;
        for (int at = 0; at < values.length; at++) {
            sum += values[at] * mask[at];
            count += mask[at];
        }
        return (float) (sum / count);
    }
}
