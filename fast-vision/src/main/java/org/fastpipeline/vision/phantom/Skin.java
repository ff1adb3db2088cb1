// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.fastpipeline.vision.phantom.CapillaryPhantom.HEIGHT;
import static org.fastpipeline.vision.phantom.CapillaryPhantom.WIDTH;

/// Draws the skin: uneven colour, ridges, folds, papillae without a vessel, sweat ducts, smudges.
///
/// @param dice for this part of the scene
/// @param canvas drawn on
record Skin(Dice dice, Canvas canvas) {
    private static final int[] SCALES = {12, 40, 120, 300};
    private static final float BROAD = 50;

    void draw() {
        texture();
        if (dice.chance(0.6f)) {
            ridges();
        }
        if (dice.chance(0.7f)) {
            folds();
        }
        papillae();
        ducts();
        smudges();
    }

    private void texture() {
        for (int scale : SCALES) {
            canvas.neutral.add(canvas.noise(dice, scale), dice.between(0, 0.006f));
            canvas.brown.add(canvas.noise(dice, scale), dice.between(0, 0.006f));
        }
        canvas.blood.add(canvas.noise(dice, dice.whole(150, 400)), dice.between(0, 0.012f));
    }

    /// Swirled ridges, broad ones and fibres, that come and go.
    private void ridges() {
        for (int kind = dice.whole(1, 3); kind > 0; kind--) {
            float angle = dice.angle();
            float wave = dice.chance(0.6f) ? dice.between(BROAD, 160) : dice.between(18, 45);
            float bend = dice.between(0.3f, 1.2f) * (wave < BROAD ? 2.5f : 1);
            Raster phase = canvas.noise(dice, 180);
            phase.add(canvas.noise(dice, 50), dice.between(0.05f, 0.3f));
            Raster place = canvas.noise(dice, 250);
            float cos = (float) StrictMath.cos(angle) / wave;
            float sin = (float) StrictMath.sin(angle) / wave;
            Raster ridges = canvas.brown;
            float brown = dice.between(0.002f, 0.016f) * (wave < BROAD ? 0.5f : 1);
            float neutral = dice.between(0, 0.012f) * (wave < BROAD ? 0.5f : 1);
            for (int i = 0; i < ridges.values.length; i++) {
                float x = ridges.left + i % ridges.width * ridges.step - canvas.moment.dx();
                float y = ridges.top + i / ridges.width * ridges.step - canvas.moment.dy();
                float height = wave(cos * x + sin * y + bend * phase.values[i]) * Math.clamp(place.values[i], 0, 2);
                canvas.brown.values[i] += brown * height;
                canvas.neutral.values[i] += neutral * height;
            }
        }
    }

    /// A sine of a number of turns, by a parabola: a ridge need not be exact.
    private static float wave(float turns) {
        float t = turns - (float) Math.floor(turns);
        return t < 0.5f ? 16 * t * (0.5f - t) : -16 * (t - 0.5f) * (1 - t);
    }

    /// Bundles of nearly parallel lines, darker or lighter, without blood's colour.
    private void folds() {
        for (int bundle = dice.whole(1, 4); bundle > 0; bundle--) {
            float heading = dice.angle() / 2;
            float cos = (float) StrictMath.cos(heading);
            float sin = (float) StrictMath.sin(heading);
            float x = dice.between(-100, WIDTH + 100) - 1400 * cos;
            float y = dice.between(-100, HEIGHT + 100) - 1400 * sin;
            Curve path = Curve.walk(dice, x, y, heading, 2800, 40, 0.006f);
            float strength = dice.between(0.015f, 0.08f);
            for (int line = dice.whole(1, 9); line > 0; line--) {
                float beside = 35 * dice.normal();
                Curve shifted = Curve.of(path.size(), i -> new float[] {path.x[i], path.y[i]})
                        .moved(-sin * beside, cos * beside)
                        .widened(dice.between(1.5f, 22));
                Raster part = canvas.band(shifted, dice.between(4, 30), false);
                float gain = strength * dice.between(0.3f, 1) * (dice.chance(0.25f) ? -0.6f : 1);
                canvas.neutral.add(part, gain * dice.between(0.5f, 1));
                canvas.brown.add(part, gain * dice.between(0, 0.5f));
            }
        }
    }

    /// Papillae whose vessel is not to be seen: brown rings and reddish spots.
    private void papillae() {
        for (int count = dice.whole(0, 16); count > 0; count--) {
            float x = dice.between(0, WIDTH);
            float y = dice.between(0, HEIGHT);
            if (dice.chance(0.5f)) {
                papilla(x, y, dice.between(0.01f, 0.05f));
            } else {
                float sigma = dice.between(14, 45);
                float squeeze = dice.between(0.7f, 1.4f);
                canvas.spot(canvas.blood, x, y, sigma, squeeze, dice.between(0, 0.045f));
                canvas.spot(canvas.brown, x, y, sigma, squeeze, dice.between(0, 0.06f));
            }
        }
    }

    /// One or two soft rings around a papilla.
    void papilla(float x, float y, float strength) {
        float size = dice.between(24, 60);
        for (int ring = dice.whole(1, 3); ring > 0; ring--) {
            Curve rim =
                    Curve.ring(x, y, size, size * dice.between(0.6f, 1), 0, 28).widened(dice.between(3, 9));
            canvas.brown.add(canvas.band(rim, dice.between(8, 22), false), strength * dice.between(0.4f, 1));
            size *= dice.between(0.5f, 0.7f);
        }
    }

    /// Sweat ducts and follicles: a bright disc in a brown rim.
    private void ducts() {
        for (int count = dice.whole(0, 7); count > 0; count--) {
            float x = dice.between(0, WIDTH);
            float y = dice.between(0, HEIGHT);
            float size = dice.between(18, 55);
            Curve rim =
                    Curve.ring(x, y, size, size * dice.between(0.7f, 1), 0, 40).widened(dice.between(3, 10));
            canvas.brown.add(canvas.band(rim, dice.between(4, 18), false), dice.between(0.02f, 0.1f));
            if (dice.chance(0.6f)) {
                canvas.spot(canvas.neutral, x, y, 0.6f * size, 1, -dice.between(0.02f, 0.1f));
            }
        }
    }

    /// Brown smudges and short creases, many of a capillary's size and form.
    private void smudges() {
        for (int count = dice.whole(0, 16); count > 0; count--) {
            boolean small = dice.chance(0.7f);
            Curve path = Curve.walk(
                            dice,
                            dice.between(0, WIDTH),
                            dice.between(0, HEIGHT),
                            dice.angle(),
                            small ? dice.between(8, 70) : dice.between(40, 300),
                            small ? 4 : 10,
                            0.08f)
                    .widened(small ? dice.between(4, 11) : dice.between(4, 18));
            float soft = small ? dice.between(8, 18) : dice.between(10, 36);
            canvas.brown.add(canvas.band(path, soft, false), dice.between(0.04f, small ? 0.24f : 0.15f));
        }
    }
}
