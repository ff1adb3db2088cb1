// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// The wavy border between two layers of tissue: its depth at each place across, in mm.
final class Surface {
    private static final float REACH = 48;
    private static final float STEP = 0.125f;
    private static final int WAVES = 4;
    private static final float TAU = (float) (2 * Math.PI);

    private final float[] depths = new float[(int) (2 * REACH / STEP) + 2];

    /// @param depth its mean
    /// @param wave the size of its waves
    Surface(Dice dice, float depth, float wave) {
        float slope = dice.between(-0.06f, 0.06f);
        float[] size = new float[WAVES];
        float[] phase = new float[WAVES];
        float[] length = new float[WAVES];
        for (int i = 0; i < WAVES; i++) {
            length[i] = dice.between(8, 50);
            size[i] = wave * dice.between(0.2f, 1) * length[i] / 50;
            phase[i] = dice.angle();
        }
        for (int at = 0; at < depths.length; at++) {
            float x = at * STEP - REACH;
            depths[at] = depth + slope * x;
            for (int i = 0; i < WAVES; i++) {
                depths[at] += size[i] * (float) StrictMath.sin(TAU * x / length[i] + phase[i]);
            }
        }
    }

    float depth(float x) {
        float place = Math.clamp((x + REACH) / STEP, 0, depths.length - 2);
        int at = Math.min((int) place, depths.length - 2);
        return depths[at] + (place - at) * (depths[at + 1] - depths[at]);
    }
}
