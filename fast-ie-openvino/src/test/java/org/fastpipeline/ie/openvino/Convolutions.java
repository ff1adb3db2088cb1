// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

/// The network `convolution` in plain loops.
final class Convolutions {
    private static final int HIDDEN = 64;
    private static final int IN = 2;
    private static final int SCORES = 4;
    private static final int TAPS = 9;

    private Convolutions() {}

    /// A weight of a layer: small numbers without pattern, as in `make.py`.
    private static double weight(int layer, int at) {
        return (float) (Math.floorMod((at + 1L) * 7919 + layer * 104_729L, 1009) / 504.0 - 1);
    }

    /// Scores of one image of two channels, channels first.
    static double[] scores(float[] image, int side) {
        double[] values = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            values[i] = image[i];
        }
        double[] first = convolved(values, side, IN, 1, 1);
        double[] second = convolved(first, side, HIDDEN, 2, 24);
        double[] scores = new double[SCORES];
        for (int channel = 0; channel < HIDDEN; channel++) {
            double sum = 0;
            for (int at = 0; at < side * side; at++) {
                sum += second[channel * side * side + at];
            }
            for (int score = 0; score < SCORES; score++) {
                scores[score] += sum / (side * side) * weight(3, channel * SCORES + score);
            }
        }
        return scores;
    }

    /// 3 x 3 filters with zeros around the image, and what is negative set to 0.
    private static double[] convolved(double[] values, int side, int channels, int layer, double divisor) {
        double[] results = new double[HIDDEN * side * side];
        for (int out = 0; out < HIDDEN; out++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double sum = 0;
                    for (int tap = 0; tap < TAPS * channels; tap++) {
                        int row = y + tap % TAPS / 3 - 1;
                        int column = x + tap % 3 - 1;
                        if (row >= 0 && row < side && column >= 0 && column < side) {
                            double weight = (float) (weight(layer, out * channels * TAPS + tap) / divisor);
                            sum += weight * values[(tap / TAPS * side + row) * side + column];
                        }
                    }
                    results[(out * side + y) * side + x] = Math.max(0, sum);
                }
            }
        }
        return results;
    }
}
