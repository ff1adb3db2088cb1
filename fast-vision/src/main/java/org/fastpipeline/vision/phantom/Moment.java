// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// Where the tissue is at a frame of a moving scene, and how far its blood has come.
///
/// @param dx how far tissue has moved, in pixels
/// @param dy the same, downwards
/// @param time frames since the scene began
/// @param pulse filling of the vessels by the heart's beat, about 1
record Moment(float dx, float dy, float time, float pulse) {
    /// A picture by itself.
    static final Moment STILL = new Moment(0, 0, 0, 1);

    private static final double TAU = 2 * Math.PI;

    /// A frame of a scene that drifts by some pixels, and beats.
    static Moment of(Dice dice, long frame) {
        float beat = dice.between(22, 36);
        float phase = dice.between(0, 1);
        float kick = dice.between(0.3f, 1.5f);
        float dx = 0;
        float dy = 0;
        for (int wave = 0; wave < 2; wave++) {
            float period = dice.between(60, 260);
            float size = dice.between(1, 4);
            dx += size * sine(frame / period + dice.between(0, 1));
            dy += size * sine(frame / period + dice.between(0, 1));
        }
        float pulse = sine(frame / beat + phase);
        return new Moment(dx + kick * pulse, dy + kick * pulse / 2, frame, 1 + dice.between(0.03f, 0.12f) * pulse);
    }

    private static float sine(float turns) {
        return (float) StrictMath.sin(TAU * turns);
    }
}
