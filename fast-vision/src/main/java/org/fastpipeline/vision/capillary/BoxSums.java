// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.Arrays;

/// Sums over a box around each pixel of a small image, cut off at the border; what they cost does not grow with
/// the box. On the way sums may run over: only those of the boxes themselves have to fit. Used by one thread.
final class BoxSums {
    private final int width;
    private final int height;
    private final int[] columns;
    private final int[] running;

    BoxSums(int width, int height) {
        this.width = width;
        this.height = height;
        this.columns = new int[width];
        this.running = new int[width + 1];
    }

    /// Writes the sums of `image` over 2 `half` + 1 rows and columns to `result`.
    void of(int[] image, int half, int[] result) {
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
            int sum = 0;
            for (int x = 0; x < width; x++) {
                sum += columns[x];
                running[x + 1] = sum;
            }
            row(half, result, y * width);
        }
    }

    /// In three stretches, of which the long one has no border to mind.
    private void row(int half, int[] result, int row) {
        int first = Math.min(half + 1, width);
        int last = Math.max(first, width - half);
        for (int x = 0; x < first; x++) {
            result[row + x] = running[Math.min(width, x + half + 1)];
        }
        for (int x = first; x < last; x++) {
            result[row + x] = running[x + half + 1] - running[x - half];
        }
        for (int x = last; x < width; x++) {
            result[row + x] = running[width] - running[x - half];
        }
    }

    private void add(int[] image, int row) {
        for (int x = 0; x < width; x++) {
            columns[x] += image[row + x];
        }
    }

    private void subtract(int[] image, int row) {
        for (int x = 0; x < width; x++) {
            columns[x] -= image[row + x];
        }
    }
}
