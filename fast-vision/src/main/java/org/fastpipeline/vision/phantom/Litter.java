// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.fastpipeline.vision.phantom.CapillaryPhantom.HEIGHT;
import static org.fastpipeline.vision.phantom.CapillaryPhantom.WIDTH;

import java.util.List;

/// Draws what lies on the skin and must not be taken for a capillary: hair, dirt, fibres, glare.
///
/// @param dice for this part of the scene
/// @param canvas drawn on
record Litter(Dice dice, Canvas canvas) {
    void draw() {
        if (dice.chance(0.5f)) {
            hairs();
        }
        for (int count = dice.chance(0.8f) ? dice.whole(0, 16) : 0; count > 0; count--) {
            speck(dice.between(1, 14), 2, 0.2f, dice.between(1.5f, 7));
        }
        for (int count = dice.chance(0.6f) ? dice.whole(0, 7) : 0; count > 0; count--) { // fibres and flakes
            speck(dice.between(25, 150), 5, dice.between(0.02f, 0.2f), dice.between(1.5f, 5));
        }
        if (dice.chance(0.4f)) {
            glare();
        }
    }

    private void hairs() {
        for (int count = dice.whole(1, 4); count > 0; count--) {
            float heading = dice.angle() / 2;
            float x = dice.between(-100, WIDTH + 100) - 2400 * (float) StrictMath.cos(heading);
            float y = dice.between(-100, HEIGHT + 100) - 2400 * (float) StrictMath.sin(heading);
            Curve path = Curve.walk(dice, x, y, heading, 4800, 30, dice.between(0, 0.006f));
            float width = dice.between(2.5f, 16);
            float soft = dice.between(2, 14);
            float strength = dice.chance(0.6f) ? dice.between(0.03f, 0.12f) : dice.between(0.1f, 0.35f);
            Raster part = canvas.band(path.widened(width), soft, true);
            if (dice.chance(0.4f)) { // light runs through the core of a hair
                Curve core = Curve.of(path.size(), i -> new float[] {path.x[i], path.y[i]})
                        .widened(0.4f * width);
                Raster light = Raster.ofFrame(part.step);
                light.band(core, soft);
                part.add(light, -dice.between(0.2f, 0.8f));
            }
            float brown = dice.between(0, 1);
            canvas.fineBrown.add(part, strength * brown);
            canvas.fineNeutral.add(part, strength * (1 - brown));
        }
    }

    private void speck(float length, float step, float bend, float radius) {
        float x = dice.between(0, WIDTH);
        float y = dice.between(0, HEIGHT);
        float blur = dice.between(0.7f, 4);
        Curve curve = canvas.moved(
                Curve.walk(dice, x, y, dice.angle(), length, step, bend).widened(radius));
        Raster part = Raster.around(List.of(curve), 3 * blur + 2);
        part.tube(curve);
        part.blur(blur);
        float strength = dice.between(0.06f, 0.28f) * (dice.chance(0.35f) ? 2.4f : 1);
        float brown = dice.between(-0.3f, 1); // below 0: bluish
        canvas.fineNeutral.add(part, strength * (1 - Math.max(brown, 0)));
        canvas.fineBrown.add(part, strength * brown);
    }

    /// Light that the surface throws back; it stays where it is when the tissue moves.
    private void glare() {
        for (int count = dice.whole(1, 12); count > 0; count--) {
            float x = dice.between(0, WIDTH);
            float y = dice.between(0, HEIGHT);
            float blur = dice.between(2, 14);
            Curve streak = Curve.walk(dice, x, y, dice.angle(), dice.between(1, 24), 3, 0.2f)
                    .widened(dice.between(3, 18));
            Raster part = Raster.around(List.of(streak), 3 * blur);
            part.band(streak, 2);
            part.blur(blur);
            canvas.glare.add(part, dice.between(0.1f, 1.0f));
        }
    }
}
