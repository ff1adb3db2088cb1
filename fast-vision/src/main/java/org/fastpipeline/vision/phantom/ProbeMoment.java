// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// How the probe is held, and where heart and breath are, at a frame of a scene.
///
/// @param shift how far the probe has slid, in mm
/// @param press how much it squeezes the tissue, about 0
/// @param breath 1 fully in, -1 fully out
/// @param pulse 0 before a beat, 1 at its height
/// @param gain change of the scanner's gain, in dB
record ProbeMoment(float shift, float press, float breath, float pulse, float gain) {
    private static final double TAU = 2 * Math.PI;
    private static final float UPSTROKE = 0.16f;
    private static final float NOTCH = 0.5f;

    /// @param seconds since the scene began
    static ProbeMoment of(Dice dice, float seconds) {
        float beat = dice.between(0.65f, 1.15f);
        float begin = dice.between(0, 1);
        float breathing = dice.between(3, 5.5f);
        float inhaled = dice.between(0, 1);
        float slide = dice.between(0, 1.6f) * sine(seconds / dice.between(2.5f, 7) + dice.between(0, 1));
        float press = dice.between(0, 0.06f) * sine(seconds / dice.between(2, 6) + dice.between(0, 1));
        float gain = dice.chance(0.3f) ? 3 * sine(seconds / dice.between(2, 8) + dice.between(0, 1)) : 0;
        float phase = seconds / beat + begin;
        return new ProbeMoment(
                slide,
                press,
                sine(seconds / breathing + inhaled),
                pulse(phase - (float) StrictMath.floor(phase)),
                gain);
    }

    /// Swift up, slow down, with the small wave of the closing valve.
    private static float pulse(float phase) {
        if (phase < UPSTROKE) {
            float t = phase / UPSTROKE;
            return t * t * (3 - 2 * t);
        }
        float left = (1 - phase) / (1 - UPSTROKE);
        float wave = 0.1f * Tables.fallen((phase - NOTCH) * (phase - NOTCH) / 0.004f);
        return left * left * (1.5f - 0.5f * left) + wave * left;
    }

    private static float sine(float turns) {
        return (float) StrictMath.sin(TAU * turns);
    }
}
