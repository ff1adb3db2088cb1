// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// Smooth noise over the plane with structures of about unit size; it repeats far away.
final class SmoothNoise {
    private static final int SIDE = 64;
    private static final int MASK = SIDE - 1;
    private static final int FAR = 16 * SIDE;

    private final float[] nodes = new float[SIDE * SIDE];

    SmoothNoise(Dice dice) {
        dice.addNoise(nodes, 1);
    }

    float at(float x, float y) {
        // Moved where all is positive, so that to cut off is to round down.
        float right = x + FAR;
        float down = y + FAR;
        int column = (int) right;
        int row = (int) down;
        float s = soft(right - column);
        float t = soft(down - row);
        int upper = (row & MASK) * SIDE;
        int lower = ((row + 1) & MASK) * SIDE;
        int first = column & MASK;
        int second = (column + 1) & MASK;
        float above = nodes[upper + first] + s * (nodes[upper + second] - nodes[upper + first]);
        float below = nodes[lower + first] + s * (nodes[lower + second] - nodes[lower + first]);
        return above + t * (below - above);
    }

    /// 1 on the lines where the noise is 0, and 0 where it exceeds `width`: strands of connective tissue.
    float strand(float x, float y, float width) {
        return Math.max(0, 1 - Math.abs(at(x, y)) / width);
    }

    private static float soft(float t) {
        return t * t * (3 - 2 * t);
    }
}
