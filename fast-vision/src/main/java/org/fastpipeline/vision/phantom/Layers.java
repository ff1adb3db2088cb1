// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// Skin, fat, muscle and what lies beneath, with the fasciae between them.
final class Layers {
    private static final float SKIN = 1.4f;

    private final Surface[] borders;
    private final float[] shine;
    private final float[] levels;
    private final float[] losses;
    private final SmoothNoise shades;
    private final SmoothNoise strands;
    private final SmoothNoise patches;
    private final float cos;
    private final float sin;
    private final float striae;
    private final float septa;
    private final float strandWidth;

    /// @param fat depth of the fat's lower border, in mm
    /// @param muscle depth of the muscle's
    Layers(Dice dice, float fat, float muscle) {
        borders = new Surface[] {
            new Surface(dice, SKIN * dice.between(0.8f, 1.5f), 0.1f),
            new Surface(dice, fat, dice.between(0.2f, 1.6f)),
            new Surface(dice, muscle, dice.between(0.3f, 2)),
            new Surface(dice, muscle + dice.between(7, 18), dice.between(0.5f, 3))
        };
        shine = new float[] {
            dice.between(0.4f, 1.5f), dice.between(0.6f, 3), dice.between(0.6f, 3), dice.between(0.2f, 2)
        };
        levels = new float[] {
            dice.between(1.2f, 2.2f),
            dice.between(0.2f, 0.55f),
            dice.between(0.12f, 0.4f),
            dice.between(0.45f, 1.1f),
            dice.between(0.15f, 0.7f)
        };
        losses = new float[levels.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = dice.between(0.6f, 1.1f);
        }
        shades = new SmoothNoise(dice);
        strands = new SmoothNoise(dice);
        patches = new SmoothNoise(dice);
        float tilt = dice.between(-0.35f, 0.35f);
        cos = (float) StrictMath.cos(tilt);
        sin = (float) StrictMath.sin(tilt);
        striae = dice.between(0.6f, 3);
        septa = dice.between(0.8f, 3.5f);
        strandWidth = dice.between(0.15f, 0.35f);
    }

    /// Depth of the muscle's lower border.
    float floor(float x) {
        return borders[2].depth(x);
    }

    void draw(Echoes echoes) {
        for (int at = 0; at < echoes.scatter.length; at++) {
            float x = echoes.across[at];
            float z = echoes.deep[at];
            int layer = 0;
            while (layer < borders.length && z > borders[layer].depth(x)) {
                layer++;
            }
            float shade = 1 + 0.22f * shades.at(x / 5, z / 3) + 0.15f * shades.at(x / 1.7f + 20, z / 1.2f);
            echoes.scatter[at] = Math.max(0.05f, levels[layer] * shade + strand(layer, x, z));
            echoes.loss[at] = losses[layer];
            for (int i = 0; i < borders.length; i++) {
                float below = z - borders[i].depth(x);
                if (Math.abs(below) < 1) {
                    float patch = Math.max(0.05f, 0.6f + patches.at(x / 4, 9 * i));
                    echoes.surface(at, below, 0.1f, shine[i] * patch);
                }
            }
        }
    }

    /// Bright strands: septa of the fat, striae of the muscle, connective tissue beneath.
    private float strand(int layer, float x, float z) {
        return switch (layer) {
            case 0 -> 0;
            case 1 -> septa * square(strands.strand(x / 6, z / 1.5f, strandWidth));
            case 2 -> {
                float along = cos * x + sin * z;
                float aside = cos * z - sin * x;
                yield striae * square(strands.strand(along / 7 + 30, aside / 0.6f, strandWidth));
            }
            default -> 0.6f * septa * square(strands.strand(x / 9 + 7, z / 1.3f + 11, strandWidth));
        };
    }

    private static float square(float value) {
        return value * value;
    }
}
