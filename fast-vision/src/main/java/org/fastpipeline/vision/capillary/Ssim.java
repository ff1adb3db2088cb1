// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_core;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.Plane;

/// The structural similarity of two images (Wang et al. 2004) in a box window of 11 x 11 pixels, in one pass from the
/// top: sums over the window's columns are carried from row to row, so that all that is in use stays in the cache.
///
/// SSIM = (2 mx my + c1)(2 cxy + c2) / ((mx^2 + my^2 + c1)(vx + vy + c2)), with the window's means m, variances v and
/// covariance c, c1 = (0.01 L)^2 and c2 = (0.03 L)^2; L is the brightness of the picture here and not the range of
/// its type, so that a dark picture is not called alike throughout. Beyond the edges the image is mirrored. The inner
/// loops are over plain arrays, which the compiler turns into vector instructions.
final class Ssim {
    private static final int BOX = 11;
    private static final int HALF = BOX / 2;
    private static final float SHARE = 1f / (BOX * BOX);
    private static final double C1 = 0.01;
    private static final double C2 = 0.03;
    private static final float TO_BYTE = 255;
    private static final float ROUNDING = 0.5f;

    /// Rows after which sums are made anew, so that what is lost in rounding does not add up.
    private static final int STRETCH = 32;

    private final MemorySegment first;
    private final MemorySegment second;
    private final int width;
    private final int height;
    private final float level;
    private final float c1;
    private final float c2;

    /// A row of each image less `level`, with the mirrored pixels at its ends.
    private final float[] x;

    private final float[] y;

    /// Sums over the columns of the window.
    private final float[] sumX;

    private final float[] sumY;
    private final float[] sumXx;
    private final float[] sumYy;
    private final float[] sumXy;

    private Ssim(MemorySegment first, MemorySegment second, int width, int height, double level) {
        this.first = first;
        this.second = second;
        this.width = width;
        this.height = height;
        this.level = (float) level;
        this.c1 = (float) (C1 * level * (C1 * level));
        this.c2 = (float) (C2 * level * (C2 * level));
        int padded = width + 2 * HALF;
        this.x = new float[padded];
        this.y = new float[padded];
        this.sumX = new float[padded];
        this.sumY = new float[padded];
        this.sumXx = new float[padded];
        this.sumYy = new float[padded];
        this.sumXy = new float[padded];
    }

    /// The similarity of two images of 32-bit floats at each pixel x 255, rounded and clipped to 0 to 255, as bytes.
    static MemorySegment of(Mats mats, Plane x, Plane y, double level) {
        int width = x.mat().cols();
        int height = x.mat().rows();
        MemorySegment result = mats.scratch(height, width, opencv_core.CV_8UC1).pixels();
        new Ssim(x.pixels(), y.pixels(), width, height, level).into(result);
        return result;
    }

    private void into(MemorySegment result) {
        float[] meanX = new float[width];
        float[] meanY = new float[width];
        float[] squareX = new float[width];
        float[] squareY = new float[width];
        float[] product = new float[width];
        float[] pairs = new float[width + 2 * HALF];
        float[] fours = new float[width + 2 * HALF];
        byte[] similarity = new byte[width];
        for (int row = 0; row < height; row++) {
            if (row % STRETCH == 0) {
                begin(row);
            } else {
                add(row + HALF, 1);
                add(row - HALF - 1, -1);
            }
            alongRow(sumX, meanX, pairs, fours);
            alongRow(sumY, meanY, pairs, fours);
            alongRow(sumXx, squareX, pairs, fours);
            alongRow(sumYy, squareY, pairs, fours);
            alongRow(sumXy, product, pairs, fours);
            compare(meanX, meanY, squareX, squareY, product);
            for (int i = 0; i < width; i++) {
                similarity[i] = (byte) (int) product[i];
            }
            MemorySegment.copy(similarity, 0, result, ValueLayout.JAVA_BYTE, (long) row * width, width);
        }
    }

    /// The sums for the window around `row` from nothing.
    private void begin(int row) {
        for (float[] sums : new float[][] {sumX, sumY, sumXx, sumYy, sumXy}) {
            Arrays.fill(sums, 0);
        }
        for (int inWindow = row - HALF; inWindow <= row + HALF; inWindow++) {
            add(inWindow, 1);
        }
    }

    /// Adds a row to the sums, or takes it away with a sign of -1.
    private void add(int row, float sign) {
        read(first, row, x);
        read(second, row, y);
        for (int i = 0; i < x.length; i++) {
            float a = x[i];
            float b = y[i];
            float signedA = sign * a;
            float signedB = sign * b;
            sumX[i] += signedA;
            sumY[i] += signedB;
            sumXx[i] += signedA * a;
            sumYy[i] += signedB * b;
            sumXy[i] += signedA * b;
        }
    }

    private void read(MemorySegment image, int row, float[] padded) {
        long start = (long) mirrored(row, height) * width;
        MemorySegment.copy(image, ValueLayout.JAVA_FLOAT, start * Float.BYTES, padded, HALF, width);
        for (int i = HALF; i < HALF + width; i++) {
            padded[i] -= level;
        }
        for (int i = 1; i <= HALF; i++) {
            padded[HALF - i] = padded[HALF + mirrored(-i, width)];
            padded[HALF + width - 1 + i] = padded[HALF + mirrored(width - 1 + i, width)];
        }
    }

    /// The pixel that stands for one beyond the edge; the edge itself is not repeated.
    private static int mirrored(int at, int length) {
        int inside = at;
        while (inside < 0 || inside >= length) {
            inside = length == 1 ? 0 : inside < 0 ? -inside : 2 * (length - 1) - inside;
        }
        return inside;
    }

    /// Sums of eleven neighbours, of sums of two, four and eight.
    private static void alongRow(float[] sums, float[] result, float[] pairs, float[] fours) {
        for (int i = 0; i < result.length + BOX - 2; i++) {
            pairs[i] = sums[i] + sums[i + 1];
        }
        for (int i = 0; i < result.length + 4; i++) {
            fours[i] = pairs[i] + pairs[i + 2];
        }
        for (int i = 0; i < result.length; i++) {
            result[i] = fours[i] + fours[i + 4] + pairs[i + 8] + sums[i + BOX - 1];
        }
    }

    /// Leaves in `product` the similarity x 255 plus a half.
    private void compare(float[] meanX, float[] meanY, float[] squareX, float[] squareY, float[] product) {
        for (int i = 0; i < product.length; i++) {
            float a = meanX[i] * SHARE;
            float b = meanY[i] * SHARE;
            float variances = Math.max(squareX[i] * SHARE - a * a, 0) + Math.max(squareY[i] * SHARE - b * b, 0);
            float covariance = product[i] * SHARE - a * b;
            float mx = a + level;
            float my = b + level;
            float similarity =
                    (2 * mx * my + c1) * (2 * covariance + c2) / ((mx * mx + my * my + c1) * (variances + c2));
            product[i] = Math.min(Math.max(similarity * TO_BYTE, 0), TO_BYTE) + ROUNDING;
        }
    }
}
