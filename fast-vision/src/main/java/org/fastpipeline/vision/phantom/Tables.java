// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// Curves that are the same on every machine, and quick.
final class Tables {
    private static final float REACH = 3;
    private static final float LEAST_SIGMA = 0.3f;
    private static final float PARTS = 8;

    private Tables() {}

    /// The weights of a Gaussian filter whose centre is `shift` beside the middle; their sum is 1.
    static float[] gauss(float sigma, float shift) {
        float wide = Math.max(LEAST_SIGMA, sigma);
        int reach = (int) Math.ceil(REACH * wide + Math.abs(shift));
        double[] weights = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double u = (i - reach + shift) / wide;
            weights[i] = StrictMath.exp(-u * u / 2);
            sum += weights[i];
        }
        float[] kernel = new float[weights.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (weights[i] / sum);
        }
        return kernel;
    }

    /// exp(-u), by the series of exp(-u / 8): to 1e-4 for -1 < u < 4, and 0 beyond 8.
    static float fallen(float u) {
        float v = Math.min(u, PARTS) / -PARTS;
        float e = 1 + v * (1 + v * (1f / 2 + v * (1f / 6 + v * (1f / 24 + v * (1f / 120 + v * (1f / 720))))));
        float square = e * e;
        float fourth = square * square;
        return fourth * fourth;
    }
}
