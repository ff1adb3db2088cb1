// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.Arrays;

/// Sums over a box around each pixel of a small image, cut off at the border; what they cost does not grow with
/// the box. Used by one thread.
final class BoxSums {
    private final int width;
    private final int height;
    private final float[] columns;
    private final double[] running;

    BoxSums(int width, int height) {
        this.width = width;
        this.height = height;
        this.columns = new float[width];
        this.running = new double[width + 1];
    }

    /// Writes the sums of `image` over 2 `half` + 1 rows and columns to `result`.
    void of(float[] image, int half, float[] result) {
        Arrays.fill(columns, 0);
        for (int y = 0; y < Math.min(half, height); y++) {
            add(image, y * width);
        }
        for (int y = 0; y < height; y++) {
            if (y + half < height) {
                add(image, (y + half) * width);
            }
            if (y - half > 0) {
                subtract(image, (y - half - 1) * width);
            }
            for (int x = 0; x < width; x++) {
                running[x + 1] = running[x] + columns[x];
            }
            for (int x = 0; x < width; x++) {
                result[y * width + x] =
                        (float) (running[Math.min(width, x + half + 1)] - running[Math.max(0, x - half)]);
            }
        }
    }

    private void add(float[] image, int row) {
        for (int x = 0; x < width; x++) {
            columns[x] += image[row + x];
        }
    }

    private void subtract(float[] image, int row) {
        for (int x = 0; x < width; x++) {
            columns[x] -= image[row + x];
        }
    }
}
