// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// What the beam of an ultrasound frame meets at each pixel, row by row.
final class Echoes {
    static final int SIDE = UltrasoundPhantom.SIDE;

    /// Width and height of a pixel, in mm.
    final float spacing;

    /// Where in the tissue at rest each pixel's matter lies: across and in depth, in mm.
    final float[] across = new float[SIDE * SIDE];

    final float[] deep = new float[SIDE * SIDE];

    /// Amplitude that many small scatterers give, 1 for usual tissue.
    final float[] scatter = new float[SIDE * SIDE];

    /// Amplitude that a smooth surface gives.
    final float[] mirror = new float[SIDE * SIDE];

    /// Loss on the way in and out, in dB per mm.
    final float[] loss = new float[SIDE * SIDE];

    /// 0 background, 1 artery, 2 vein.
    final byte[] label = new byte[SIDE * SIDE];

    /// All tissue as it lies under the probe, at rest but for what the probe does.
    Echoes(float spacing, ProbeMoment moment) {
        this.spacing = spacing;
        float middle = (SIDE - 1) / 2f;
        for (int row = 0; row < SIDE; row++) {
            float depth = (row + 0.5f) * spacing;
            float rest = depth * (1 + moment.press()) + 0.5f * moment.breath() * depth / (depth + 12);
            for (int column = 0; column < SIDE; column++) {
                across[row * SIDE + column] = (column - middle) * spacing + moment.shift();
                deep[row * SIDE + column] = rest;
            }
        }
    }

    /// Adds a thin bright surface at a distance in mm from a pixel.
    void surface(int at, float distance, float thickness, float bright) {
        float u = distance / thickness;
        float near = Tables.fallen(u * u / 2);
        mirror[at] += bright * near;
        scatter[at] += bright * near / 3;
    }

    /// Adds a loss, in dB in all, within a layer of some thickness in mm.
    void obstruct(int at, float decibels, float thickness) {
        loss[at] += decibels / thickness;
    }
}
