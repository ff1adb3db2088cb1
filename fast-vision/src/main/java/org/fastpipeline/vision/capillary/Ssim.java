// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.fastpipeline.vision.opencv.Plane;

/// The structural similarity of two images (Wang et al. 2004) in a box window of 11 x 11 pixels, for the parts of them
/// that are asked for: a tile at a time, each in one pass from the top, in which sums over the window's columns are
/// carried from row to row.
///
/// SSIM = (2 mx my + c1)(2 cxy + c2) / ((mx^2 + my^2 + c1)(vx + vy + c2)), with the window's means m, variances v and
/// covariance c, c1 = (0.01 L)^2 and c2 = (0.03 L)^2; L is the brightness of the picture here and not the range of
/// its type, so that a dark picture is not called alike throughout. Beyond the edges the image is mirrored. The inner
/// loops are over plain arrays, which the compiler turns into vector instructions. Used by one thread, while the images
/// are there.
final class Ssim {
    private static final int BOX = 11;
    private static final int HALF = BOX / 2;
    private static final float SHARE = 1f / (BOX * BOX);
    private static final double C1 = 0.01;
    private static final double C2 = 0.03;
    private static final float TO_BYTE = 255;
    private static final float ROUNDING = 0.5f;

    private static final int TILE_WIDTH = 32;
    private static final int TILE_HEIGHT = 16;
    private static final int PADDED = TILE_WIDTH + 2 * HALF;

    private final MemorySegment first;
    private final MemorySegment second;
    private final int width;
    private final int height;
    private final float level;
    private final float c1;
    private final float c2;

    /// The tiles, row by row; empty are those that nobody has asked for.
    private final byte[][] tiles;

    private final int tilesInRow;

    /// A row of each image less `level`, from [#HALF] pixels before the tile on.
    private final float[] x = new float[PADDED];

    private final float[] y = new float[PADDED];

    /// Sums over the columns of the window.
    private final float[] sumX = new float[PADDED];

    private final float[] sumY = new float[PADDED];
    private final float[] sumXx = new float[PADDED];
    private final float[] sumYy = new float[PADDED];
    private final float[] sumXy = new float[PADDED];

    /// @param x an image of 32-bit floats
    /// @param y another of the same size
    /// @param level how bright they are
    Ssim(Plane x, Plane y, double level) {
        this.first = x.pixels();
        this.second = y.pixels();
        this.width = x.mat().cols();
        this.height = x.mat().rows();
        this.level = (float) level;
        this.c1 = (float) (C1 * level * (C1 * level));
        this.c2 = (float) (C2 * level * (C2 * level));
        this.tilesInRow = Math.ceilDiv(width, TILE_WIDTH);
        this.tiles = new byte[tilesInRow * Math.ceilDiv(height, TILE_HEIGHT)][0];
    }

    /// The similarity at a pixel x 255, rounded and clipped to 0 to 255.
    int at(int column, int row) {
        int index = row / TILE_HEIGHT * tilesInRow + column / TILE_WIDTH;
        byte[] tile = tiles[index];
        if (tile.length == 0) {
            tile = tile(column / TILE_WIDTH * TILE_WIDTH, row / TILE_HEIGHT * TILE_HEIGHT);
            tiles[index] = tile;
        }
        return tile[row % TILE_HEIGHT * TILE_WIDTH + column % TILE_WIDTH] & 0xFF;
    }

    private byte[] tile(int column, int row) {
        float[] meanX = new float[TILE_WIDTH];
        float[] meanY = new float[TILE_WIDTH];
        float[] squareX = new float[TILE_WIDTH];
        float[] squareY = new float[TILE_WIDTH];
        float[] product = new float[TILE_WIDTH];
        float[] pairs = new float[PADDED];
        float[] fours = new float[PADDED];
        byte[] similarity = new byte[TILE_WIDTH * TILE_HEIGHT];
        begin(column, row);
        for (int y = 0; y < Math.min(TILE_HEIGHT, height - row); y++) {
            if (y > 0) {
                add(column, row + y + HALF, 1);
                add(column, row + y - HALF - 1, -1);
            }
            alongRow(sumX, meanX, pairs, fours);
            alongRow(sumY, meanY, pairs, fours);
            alongRow(sumXx, squareX, pairs, fours);
            alongRow(sumYy, squareY, pairs, fours);
            alongRow(sumXy, product, pairs, fours);
            compare(meanX, meanY, squareX, squareY, product);
            for (int i = 0; i < TILE_WIDTH; i++) {
                similarity[y * TILE_WIDTH + i] = (byte) (int) product[i];
            }
        }
        return similarity;
    }

    /// The sums for the window around `row` from nothing.
    private void begin(int column, int row) {
        for (float[] sums : new float[][] {sumX, sumY, sumXx, sumYy, sumXy}) {
            Arrays.fill(sums, 0);
        }
        for (int inWindow = row - HALF; inWindow <= row + HALF; inWindow++) {
            add(column, inWindow, 1);
        }
    }

    /// Adds a row to the sums, or takes it away with a sign of -1.
    private void add(int column, int row, float sign) {
        read(first, column, row, x);
        read(second, column, row, y);
        for (int i = 0; i < PADDED; i++) {
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

    private void read(MemorySegment image, int column, int row, float[] padded) {
        long start = (long) mirrored(row, height) * width;
        int from = Math.max(0, column - HALF);
        int to = Math.min(width, column + TILE_WIDTH + HALF);
        int before = from - (column - HALF);
        MemorySegment.copy(image, ValueLayout.JAVA_FLOAT, (start + from) * Float.BYTES, padded, before, to - from);
        for (int i = 0; to - from < PADDED && i < PADDED; i++) {
            int at = column - HALF + i;
            if (at < 0 || at >= width) {
                padded[i] = image.getAtIndex(ValueLayout.JAVA_FLOAT, start + mirrored(at, width));
            }
        }
        for (int i = 0; i < PADDED; i++) {
            padded[i] -= level;
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
