// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.fastpipeline.vision.phantom.CapillaryPhantom.HEIGHT;
import static org.fastpipeline.vision.phantom.CapillaryPhantom.WIDTH;

/// Draws the deep net of vessels: broad, blurred, red, and not to be called a capillary.
///
/// @param dice for this part of the scene
/// @param canvas drawn on
record Plexus(Dice dice, Canvas canvas) {
    private static final int STEP = 4;

    void draw() {
        Raster net = Raster.ofFrame(STEP);
        if (dice.chance(0.4f)) {
            meshes(net);
        }
        for (int count = dice.whole(3, 26); count > 0; count--) {
            Curve path = Curve.walk(
                            dice,
                            dice.between(-100, WIDTH + 100),
                            dice.between(-100, HEIGHT + 100),
                            dice.angle(),
                            dice.between(300, 1600),
                            15,
                            dice.between(0.03f, 0.12f))
                    .widened(dice.chance(0.4f) ? dice.between(4, 11) : dice.between(9, 26));
            branch(net, path, dice.chance(0.3f) ? dice.between(8, 16) : dice.between(14, 60), dice.between(0.3f, 1));
        }
        for (int count = dice.whole(0, 8); count > 0; count--) { // knots of the net
            float x = dice.between(0, WIDTH);
            float y = dice.between(0, HEIGHT);
            canvas.spot(net, x, y, dice.between(20, 50), dice.between(0.6f, 1.6f), dice.between(0.2f, 0.6f));
        }
        Raster rising = canvas.noise(dice, 200); // towards the surface here, and away there
        float strength = dice.between(0.04f, 0.24f);
        for (int i = 0; i < net.values.length; i++) {
            canvas.blood.values[i] +=
                    strength * net.values[i] * Math.clamp(0.7f + 0.5f * rising.values[i], 0.05f, 1.4f);
        }
    }

    /// Rings around ducts, which together make a net.
    private void meshes(Raster net) {
        float size = dice.between(90, 170);
        float width = dice.between(5, 16);
        for (float y = -size; y < HEIGHT + size; y += 1.7f * size) {
            for (float x = -size; x < WIDTH + size; x += 1.9f * size) {
                if (dice.chance(0.75f)) {
                    float atX = x + size * 0.4f * dice.normal();
                    float atY = y + size * 0.4f * dice.normal();
                    Curve ring =
                            mesh(atX, atY, size * dice.between(0.6f, 1.1f)).widened(width * dice.between(0.6f, 1.5f));
                    branch(net, ring, dice.between(14, 40), dice.between(0.3f, 1));
                }
            }
        }
    }

    /// A ring out of round.
    private Curve mesh(float x, float y, float size) {
        Curve ring = Curve.ring(0, 0, size, size * dice.between(0.7f, 1.3f), dice.between(0, 3), 48);
        float dent = dice.between(0.05f, 0.2f);
        float phase = dice.angle();
        int waves = dice.whole(2, 5);
        for (int i = 0; i < ring.size(); i++) {
            float factor = 1 + dent * (float) StrictMath.sin(2 * Math.PI * waves * ring.share(i) + phase);
            ring.x[i] = x + factor * ring.x[i];
            ring.y[i] = y + factor * ring.y[i];
        }
        return ring;
    }

    /// Fades in and out at its ends, as what comes up from the depth does.
    private void branch(Raster net, Curve path, float soft, float strength) {
        for (int i = 0; i < path.size(); i++) {
            float end = 6 * Math.min(path.share(i), 1 - path.share(i));
            path.fill[i] = strength * Math.min(1, end);
        }
        net.band(canvas.moved(path), soft);
    }
}
