// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// Reads a coarse raster row by row as finely as wanted: cubic, through the nodes (Catmull and Rom, 1974).
final class Interpolation {
    private static final int TAPS = 4;

    private final Raster raster;
    private final int[] node;
    private final float[][] weight = new float[TAPS][];
    private final float[] line;

    /// @param from pixel of the first column
    /// @param step pixels from column to column
    Interpolation(Raster raster, float from, int step, int columns) {
        this.raster = raster;
        this.node = new int[columns];
        for (int tap = 0; tap < TAPS; tap++) {
            weight[tap] = new float[columns];
        }
        float[] four = new float[TAPS];
        for (int column = 0; column < columns; column++) {
            node[column] = weights((from + column * step - raster.left) / raster.step, raster.width, four);
            for (int tap = 0; tap < TAPS; tap++) {
                weight[tap][column] = four[tap];
            }
        }
        this.line = new float[raster.width];
    }

    /// The weights of four nodes around a place.
    ///
    /// @return the first of them
    private static int weights(float place, int nodes, float[] four) {
        int first = Math.clamp((int) Math.floor(place) - 1, 0, nodes - TAPS);
        float t = Math.clamp(place - first - 1, -1, 2);
        four[0] = ((2 - t) * t - 1) * t / 2;
        four[1] = ((3 * t - 5) * t * t + 2) / 2;
        four[2] = ((4 - 3 * t) * t + 1) * t / 2;
        four[3] = (t - 1) * t * t / 2;
        return first;
    }

    /// Fills `out` with the values at a height, in pixels.
    void row(float y, float[] out) {
        float[] four = new float[TAPS];
        int first = weights((y - raster.top) / raster.step, raster.height, four);
        int at = first * raster.width;
        float[] values = raster.values;
        int width = raster.width;
        for (int i = 0; i < width; i++) {
            line[i] = four[0] * values[at + i]
                    + four[1] * values[at + width + i]
                    + four[2] * values[at + 2 * width + i]
                    + four[3] * values[at + 3 * width + i];
        }
        float[] w0 = weight[0];
        float[] w1 = weight[1];
        float[] w2 = weight[2];
        float[] w3 = weight[3];
        for (int i = 0; i < out.length; i++) {
            int n = node[i];
            out[i] = w0[i] * line[n] + w1[i] * line[n + 1] + w2[i] * line[n + 2] + w3[i] * line[n + 3];
        }
    }
}
