// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// What throws a shadow: bone, a calcification, air, or a probe that does not touch the skin.
///
/// @param x its middle, in mm
/// @param depth its top, in mm
/// @param half half its width
/// @param sag how much deeper its ends lie than its middle
/// @param bright how much its surface shines
/// @param loss what the beam loses in it, in dB
record Obstacle(float x, float depth, float half, float sag, float bright, float loss) {
    private static final float THICK = 1.5f;

    /// Draws what of it lies at a pixel.
    void draw(Echoes echoes, int at) {
        float beside = (echoes.across[at] - x) / half;
        if (Math.abs(beside) > 1) {
            return;
        }
        float below = echoes.deep[at] - depth - sag * beside * beside;
        float edge = 1 - beside * beside;
        if (bright > 0 && Math.abs(below) < 1) {
            echoes.surface(at, below, 0.22f, bright * edge);
        }
        if (below > 0 && below < THICK) {
            echoes.obstruct(at, loss * Math.min(1, 1.5f * edge), THICK);
        }
    }
}
