// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.Arrays;

/// How a linear probe sees what its beam meets: many small scatterers make fully developed speckle, whose amplitude is
/// a Rayleigh number, of grains as long as the pulse and as wide as the beam, which is narrowest at the focus
/// (Burckhardt, *Speckle in ultrasound B-mode scans*, 1978). Loss adds up with depth, and time-gain compensation makes
/// up for the usual one: so there are shadows behind what takes more, and bright tissue behind blood.
final class Beam {
    private static final int SIDE = Echoes.SIDE;
    private static final int TORUS = 512;
    private static final int TORUS_MASK = TORUS - 1;
    private static final float DECIBELS = 0.115129f; // ln(10) / 20
    private static final float GRAIN = 0.7f;
    private static final int LEAST_SOFT = 2;
    private static final int SOFTER = 60;

    private final float pulse;
    private final float width;
    private final float focus;
    private final float range;
    private final float compensation;
    private final float noise;
    private final float ringing;
    private final float period;

    Beam(Dice dice, float depth) {
        pulse = dice.between(0.06f, 0.14f);
        width = dice.between(0.17f, 0.4f);
        focus = dice.between(0.3f, 0.8f) * depth;
        range = dice.between(9, 25);
        compensation = dice.between(0.75f, 0.98f);
        noise = dice.between(-80, -56);
        ringing = dice.chance(0.5f) ? dice.between(0.05f, 0.5f) : 0;
        period = dice.between(1.2f, 3);
    }

    /// The amplitude at each pixel, about 1.25 for usual tissue.
    ///
    /// @param tissue gives the scatterers' places, the same for all frames of a scene
    /// @param frame gives the noise of this one, and its blood
    float[] amplitudes(Echoes echoes, Dice tissue, Dice frame) {
        float[] result = new float[SIDE * SIDE];
        float[] gain = gains(echoes);
        int flow = frame.whole(0, TORUS);
        for (int part = 0; part < 2; part++) { // in phase, and a quarter behind
            float[] field = field(tissue);
            float[] echo = echo(echoes, field, flow, part == 0);
            for (int at = 0; at < echo.length; at++) {
                echo[at] *= gain[at];
            }
            addNoise(echo, echoes.spacing, frame);
            float[] seen = acrossBlurred(deepBlurred(echo, pulse / echoes.spacing), echoes.spacing);
            for (int at = 0; at < seen.length; at++) {
                result[at] += seen[at] * seen[at];
            }
        }
        for (int at = 0; at < result.length; at++) {
            result[at] = (float) Math.sqrt(result[at]);
        }
        return result;
    }

    /// What compensation leaves of the loss, as a factor.
    private float[] gains(Echoes echoes) {
        float[] gains = new float[SIDE * SIDE];
        float[] sum = new float[SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                int at = row * SIDE + column;
                sum[column] += (echoes.loss[at] - compensation) * echoes.spacing * DECIBELS;
                gains[at] = factor(sum[column]);
            }
            soften(gains, row * SIDE, LEAST_SOFT + row / SOFTER);
        }
        return gains;
    }

    /// Means over some columns to either side: the beam has a width, so that shadows have soft edges.
    private static void soften(float[] gains, int line, int reach) {
        float[] sums = new float[SIDE + 1];
        for (int column = 0; column < SIDE; column++) {
            sums[column + 1] = sums[column] + gains[line + column];
        }
        for (int column = 0; column < SIDE; column++) {
            int from = Math.max(0, column - reach);
            int to = Math.min(SIDE, column + reach + 1);
            gains[line + column] = (sums[to] - sums[from]) / (to - from);
        }
    }

    private static float factor(float loss) {
        return loss > -1 ? Tables.fallen(loss) : 1 / Tables.fallen(-loss);
    }

    /// Scatterers on a torus, smooth enough to be moved by parts of a pixel; of unit deviation.
    private static float[] field(Dice dice) {
        float[] raw = new float[TORUS * TORUS];
        dice.addNoise(raw, 1);
        float[] kernel = Tables.gauss(GRAIN, 0);
        float[] once = new float[raw.length];
        int reach = kernel.length / 2;
        float squares = 0;
        for (int k = -reach; k <= reach; k++) {
            squares += kernel[k + reach] * kernel[k + reach];
            for (int at = 0; at < raw.length; at++) {
                int from = (at & ~TORUS_MASK) | ((at + k) & TORUS_MASK);
                once[at] += kernel[k + reach] * raw[from];
            }
        }
        Arrays.fill(raw, 0);
        for (int k = -reach; k <= reach; k++) {
            float weight = kernel[k + reach] / squares;
            for (int at = 0; at < raw.length; at++) {
                raw[at] += weight * once[(at + k * TORUS) & (raw.length - 1)];
            }
        }
        return raw;
    }

    private float[] echo(Echoes echoes, float[] field, int flow, boolean surfaces) {
        float[] echo = new float[SIDE * SIDE];
        for (int at = 0; at < echo.length; at++) {
            int moved = echoes.label[at] == 0 ? 0 : flow; // blood runs: each frame shows other cells
            float x = echoes.across[at] / echoes.spacing + 2 * TORUS + moved;
            float z = echoes.deep[at] / echoes.spacing + TORUS;
            int column = (int) x;
            int row = (int) z;
            float s = x - column;
            float t = z - row;
            int upper = (row & TORUS_MASK) * TORUS;
            int lower = ((row + 1) & TORUS_MASK) * TORUS;
            int first = column & TORUS_MASK;
            int second = (column + 1) & TORUS_MASK;
            float above = field[upper + first] + s * (field[upper + second] - field[upper + first]);
            float below = field[lower + first] + s * (field[lower + second] - field[lower + first]);
            echo[at] = echoes.scatter[at] * (above + t * (below - above));
            if (surfaces) {
                echo[at] += echoes.mirror[at] + rings(echoes, at);
            }
        }
        return echo;
    }

    /// Echoes that run to and fro between probe and skin.
    private float rings(Echoes echoes, int at) {
        if (ringing == 0) {
            return 0;
        }
        int row = at / SIDE;
        float depth = (row + 0.5f) * echoes.spacing;
        float phase = depth / period - (float) Math.floor(depth / period) - 0.5f;
        return ringing * 3 * Tables.fallen(depth / 4) * Tables.fallen(phase * phase * 60);
    }

    /// The amplifier's noise, which compensation lifts with depth.
    private void addNoise(float[] echo, float spacing, Dice dice) {
        float[] line = new float[SIDE];
        for (int row = 0; row < SIDE; row++) {
            float level = noise + Math.min(30, compensation * row * spacing);
            Arrays.fill(line, 0);
            dice.addNoise(line, 5 * factor(-level * DECIBELS));
            for (int column = 0; column < SIDE; column++) {
                echo[row * SIDE + column] += line[column];
            }
        }
    }

    private static float[] deepBlurred(float[] echo, float sigma) {
        float[] kernel = Tables.gauss(sigma, 0);
        int reach = kernel.length / 2;
        float norm = norm(kernel);
        float[] result = new float[echo.length];
        for (int k = -reach; k <= reach; k++) {
            float weight = norm * kernel[k + reach];
            for (int row = Math.max(0, -k); row < Math.min(SIDE, SIDE - k); row++) {
                int to = row * SIDE;
                int from = (row + k) * SIDE;
                for (int column = 0; column < SIDE; column++) {
                    result[to + column] += weight * echo[from + column];
                }
            }
        }
        return result;
    }

    private float[] acrossBlurred(float[] echo, float spacing) {
        float[] result = new float[echo.length];
        for (int row = 0; row < SIDE; row++) {
            float away = (row * spacing - focus) / range;
            float[] kernel = Tables.gauss(width * (float) Math.sqrt(1 + away * away) / spacing, 0);
            int reach = kernel.length / 2;
            float norm = norm(kernel);
            int line = row * SIDE;
            for (int k = -reach; k <= reach; k++) {
                float weight = norm * kernel[k + reach];
                for (int column = Math.max(0, -k); column < Math.min(SIDE, SIDE - k); column++) {
                    result[line + column] += weight * echo[line + column + k];
                }
            }
        }
        return result;
    }

    /// What keeps the deviation of noise that a kernel blurs.
    private static float norm(float[] kernel) {
        float squares = 0;
        for (float weight : kernel) {
            squares += weight * weight;
        }
        return 1 / (float) Math.sqrt(squares);
    }
}
