// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.fastpipeline.vision.phantom.CapillaryPhantom.HEIGHT;
import static org.fastpipeline.vision.phantom.CapillaryPhantom.WIDTH;

/// Uneven light through what absorbs: light x exp(-density), channel by channel, and glare on top (Beer and Lambert).
final class Light {
    private static final int CHANNELS = 3;
    private static final int COARSE = 4;
    private static final float DARKEST = 0.15f;
    private static final float GLARE = 120;

    private final Canvas canvas;
    private final float[] blood;
    private final float[] brown;
    private final float[] glare;
    private final Raster[] light = new Raster[CHANNELS];

    /// @param dice for this part of the scene
    Light(Dice dice, Canvas canvas) {
        this.canvas = canvas;
        boolean balanced = dice.chance(0.62f);
        float level = dice.chance(0.55f) ? dice.between(112, 150) : dice.between(60, 195);
        float red = dice.between(1, 1.25f);
        float[] tint = balanced
                ? new float[] {1 + 0.03f * dice.normal(), 1 + 0.02f * dice.normal(), 1 + 0.03f * dice.normal()}
                : new float[] {dice.between(0.65f, 1), 1, red}; // yellow to red skin
        blood = new float[] {dice.between(0.6f, 0.85f), 1, dice.between(0.35f, 0.62f)};
        brown = new float[] {dice.between(1.15f, 1.5f), 1, dice.between(0.7f, 0.95f)};
        glare = new float[] {GLARE * dice.between(1, 1.4f), GLARE, GLARE * dice.between(0.85f, 1.1f)};
        float round = dice.between(0, 0.6f);
        float acrossAll = 0.12f * dice.normal();
        float downAll = 0.12f * dice.normal();
        Raster clouds = Raster.ofFrame(COARSE);
        clouds.addSmooth(Raster.noise(dice, 500), dice.between(0, 0.05f), 0, 0);
        for (int channel = 0; channel < CHANNELS; channel++) {
            float across = acrossAll + 0.03f * dice.normal();
            float down = downAll + 0.03f * dice.normal();
            Raster field = Raster.ofFrame(COARSE);
            for (int i = 0; i < field.values.length; i++) {
                float u = (field.left + i % field.width * COARSE) / (float) WIDTH - 0.5f;
                float v = (field.top + i / field.width * COARSE) / (float) HEIGHT - 0.5f;
                float fall = round * (u * u + v * v) + across * u + down * v + clouds.values[i];
                field.values[i] = level * tint[channel] * Math.max(DARKEST, 1 - fall);
            }
            light[channel] = field;
        }
    }

    /// The light that a channel (blue, green, red) gets, in grey levels.
    Lines channel(int channel) {
        Raster smooth = Raster.ofFrame(COARSE)
                .add(canvas.blood, blood[channel])
                .add(canvas.brown, brown[channel])
                .add(canvas.neutral, 1);
        Interpolation densities = new Interpolation(smooth, 0, 1, WIDTH);
        Interpolation lights = new Interpolation(light[channel], 0, 1, WIDTH);
        float[] density = new float[WIDTH];
        float[] fine = new float[WIDTH];
        return (y, out) -> {
            densities.row(y, density);
            canvas.fineBlood.row(y, fine);
            add(density, fine, blood[channel]);
            canvas.fineBrown.row(y, fine);
            add(density, fine, brown[channel]);
            canvas.fineNeutral.row(y, fine);
            add(density, fine, 1);
            lights.row(y, out);
            for (int x = 0; x < WIDTH; x++) {
                out[x] *= Tables.fallen(density[x]);
            }
            canvas.glare.row(y, fine);
            add(out, fine, glare[channel]);
        };
    }

    private static void add(float[] sum, float[] more, float gain) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += gain * more[i];
        }
    }
}
