// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Makes amplitudes grey levels as a scanner does: the logarithm of a range, a curve, some smoothing, and black where
/// the probe does not reach.
final class Scanner {
    private static final int SIDE = Echoes.SIDE;
    private static final float WHITE = 255;

    private final float range;
    private final float usual;
    private final float curve;
    private final float smooth;

    Scanner(Dice dice) {
        range = dice.between(42, 68);
        usual = dice.between(0.3f, 0.58f);
        curve = dice.between(-0.25f, 0.35f);
        smooth = dice.chance(0.85f) ? dice.between(0.6f, 1.8f) : 0;
    }

    /// @param amplitudes at each pixel
    /// @param gain in dB
    /// @param reach half of the probe's width, in pixels
    /// @param image 8-bit grey, written to
    void show(float[] amplitudes, float gain, float reach, MemorySegment image) {
        float middle = (SIDE - 1) / 2f;
        float[] means = smooth > 0 ? smoothed(amplitudes) : amplitudes;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                boolean seen = Math.abs(column - middle) <= reach;
                int level = seen ? level(means[row * SIDE + column], gain) : 0;
                image.set(ValueLayout.JAVA_BYTE, (long) row * SIDE + column, (byte) level);
            }
        }
    }

    private int level(float amplitude, float gain) {
        float decibels = (float) (20 * StrictMath.log10(amplitude + 1e-6)) + gain;
        float t = Math.clamp(decibels / range + usual, 0, 1);
        return Math.round(WHITE * (t + curve * t * (1 - t) * (2 * t - 1) * 2));
    }

    /// Means over neighbours, as compounding makes them: fewer black grains.
    private float[] smoothed(float[] amplitudes) {
        Raster raster = new Raster(0, 0, 1, SIDE, SIDE);
        System.arraycopy(amplitudes, 0, raster.values, 0, amplitudes.length);
        return raster.blur(smooth).values;
    }
}
