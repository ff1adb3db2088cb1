// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

/// What the network of [TestModels#convolution] computes, in plain loops.
final class Convolutions {
    private static final int CHANNELS = 2;

    private Convolutions() {}

    /// Images with some structure, item by item.
    static float[] image(int items, int side) {
        float[] image = new float[items * side * side * CHANNELS];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) Math.cos(0.37 * i);
        }
        return image;
    }

    /// The scores of one image.
    static double[] scores(float[] image, int side, float[][][][] filters) {
        int count = filters[0][0][0].length;
        double[] means = new double[count];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                for (int f = 0; f < count; f++) {
                    means[f] += Math.max(0, at(image, side, filters, y, x, f)) / (side * side);
                }
            }
        }
        double sum = 0;
        for (int f = 0; f < count; f++) {
            means[f] = Math.exp(means[f]);
            sum += means[f];
        }
        for (int f = 0; f < count; f++) {
            means[f] /= sum;
        }
        return means;
    }

    private static double at(float[] image, int side, float[][][][] filters, int y, int x, int f) {
        double sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                if (y + dy >= 0 && y + dy < side && x + dx >= 0 && x + dx < side) {
                    for (int c = 0; c < CHANNELS; c++) {
                        sum += image[((y + dy) * side + x + dx) * CHANNELS + c] * filters[dy + 1][dx + 1][c][f];
                    }
                }
            }
        }
        return sum;
    }
}
