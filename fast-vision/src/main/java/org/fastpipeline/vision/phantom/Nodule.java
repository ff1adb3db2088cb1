// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// An oval body that is no vessel: a lymph node, a nerve or a gland.
///
/// @param kind what it is
/// @param x its middle, in mm
/// @param depth its middle, in mm
/// @param wide half its width
/// @param high half its height
/// @param level its amplitude
record Nodule(Kind kind, float x, float depth, float wide, float high, float level) {
    /// What it is.
    enum Kind {
        /// Dark, with a bright hilum.
        NODE,
        /// Dark bundles in a bright net, with a bright rim.
        NERVE,
        /// Even and bright.
        GLAND
    }

    static Nodule of(Dice dice, Kind kind, float x, float depth) {
        float wide =
                switch (kind) {
                    case NODE -> dice.between(1.8f, 5);
                    case NERVE -> dice.between(0.9f, 2.2f);
                    case GLAND -> dice.between(5, 10);
                };
        float level =
                switch (kind) {
                    case NODE -> dice.between(0.2f, 0.4f);
                    case NERVE -> dice.between(0.3f, 0.5f);
                    case GLAND -> dice.between(0.9f, 1.6f);
                };
        return new Nodule(kind, x, depth, wide, wide * dice.between(0.45f, 0.9f), level);
    }

    /// Draws what of it lies at a pixel.
    void draw(Echoes echoes, int at, SmoothNoise noise) {
        float right = (echoes.across[at] - x) / wide;
        float down = (echoes.deep[at] - depth) / high;
        float square = right * right + down * down;
        if (square > 1.3f) {
            return;
        }
        float away = (float) Math.sqrt(square) - 1;
        if (away < 0) {
            echoes.mirror[at] *= 0.2f;
            echoes.scatter[at] = level * inside(right, down, noise, echoes.across[at], echoes.deep[at]);
        }
        echoes.surface(at, away * high, 0.12f, kind == Kind.NERVE ? 0.8f : 0.25f);
    }

    private float inside(float right, float down, SmoothNoise noise, float across, float deep) {
        return switch (kind) {
            case NODE -> 1 + 4 * Tables.fallen((right * right + 4 * down * down) / 0.1f);
            case NERVE -> 0.5f + 3 * noise.strand(across / 0.45f, deep / 0.45f, 0.5f);
            case GLAND -> 1 + 0.2f * noise.at(across / 1.5f, deep / 1.5f);
        };
    }
}
