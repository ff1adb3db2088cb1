// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// An artery or a vein that the frame cuts across: an oval that beats or breathes, and pushes the tissue around it.
final class Lumen {
    static final byte ARTERY = 1;
    static final byte VEIN = 2;

    private static final float BLOOD_LOSS = 0.05f;

    final byte label;
    final float x;
    final float depth;

    /// Half of its width and height at rest, in mm.
    final float wide;

    final float high;

    private final float cos;
    private final float sin;
    private final float bulge;
    private final float bulgeCos;
    private final float bulgeSin;
    private final float wall;
    private final float bright;
    private final float blood;

    /// Half of its width and height now.
    private float wideNow;

    private float highNow;

    Lumen(Dice dice, byte label, float x, float depth, float wide, float high) {
        boolean artery = label == ARTERY;
        this.label = label;
        this.x = x;
        this.depth = depth;
        this.wide = wide;
        this.high = high;
        float turn = artery ? dice.angle() : dice.between(-0.5f, 0.5f);
        cos = (float) StrictMath.cos(turn);
        sin = (float) StrictMath.sin(turn);
        bulge = artery ? dice.between(0, 0.02f) : dice.between(0.01f, 0.09f);
        float place = dice.angle();
        bulgeCos = (float) StrictMath.cos(place);
        bulgeSin = (float) StrictMath.sin(place);
        wall = artery ? dice.between(0.5f, 0.9f) : dice.between(0.12f, 0.25f);
        bright = artery ? dice.between(1.6f, 5) : dice.between(0.4f, 1.6f);
        blood = artery ? dice.between(0.003f, 0.02f) : dice.between(0.003f, 0.035f);
    }

    /// Takes the size that it has at a moment.
    ///
    /// @param swing how much heart (of an artery) or breath (of a vein) change it
    void at(ProbeMoment moment, float swing, float squash) {
        if (label == ARTERY) {
            float grown = 1 + swing * (moment.pulse() - 0.4f);
            wideNow = wide * grown;
            highNow = high * grown;
        } else {
            float filled =
                    Math.max(0.22f, 1 - swing * moment.breath() - squash * moment.press() - 0.04f * moment.pulse());
            wideNow = wide * (0.75f + 0.25f * filled);
            highNow = high * filled;
        }
    }

    float bottom() {
        return depth + Math.max(wide, high);
    }

    /// The square of the distance from the middle, 1 on the edge.
    float level(float across, float deep) {
        float right = (cos * (across - x) + sin * (deep - depth)) / wideNow;
        float down = (cos * (deep - depth) - sin * (across - x)) / highNow;
        float square = right * right + down * down;
        if (square > 9 || square < 0.3f) {
            return square;
        }
        float length = (float) Math.sqrt(square);
        float c = right / length;
        float s = down / length;
        float edge = 1 + bulge * (bulgeCos * (4 * c * c - 3) * c + bulgeSin * (3 - 4 * s * s) * s);
        return square / (edge * edge);
    }

    /// Moves the tissue around it from where it is now to where it is at rest; the farther away, the less.
    void push(Echoes echoes, float[] levels) {
        float byWidth = wide / wideNow - 1;
        float byHeight = high / highNow - 1;
        for (int at = 0; at < levels.length; at++) {
            float fade = 1 / Math.max(1, levels[at]);
            float right = cos * (echoes.across[at] - x) + sin * (echoes.deep[at] - depth);
            float down = cos * (echoes.deep[at] - depth) - sin * (echoes.across[at] - x);
            float moreRight = fade * byWidth * right;
            float moreDown = fade * byHeight * down;
            echoes.across[at] += cos * moreRight - sin * moreDown;
            echoes.deep[at] += sin * moreRight + cos * moreDown;
        }
    }

    float[] levels(Echoes echoes) {
        float[] levels = new float[echoes.label.length];
        for (int at = 0; at < levels.length; at++) {
            levels[at] = level(echoes.across[at], echoes.deep[at]);
        }
        return levels;
    }

    /// Draws lumen and wall over the tissue.
    ///
    /// @param levels of this vessel
    /// @param stiff levels of one that it cannot press in, which is drawn already
    void draw(Echoes echoes, float[] levels, float[] stiff) {
        float size = Math.min(wideNow, highNow);
        float thick = wall / size;
        float most = (1 + thick + 1 / size) * (1 + thick + 1 / size);
        for (int at = 0; at < levels.length; at++) {
            if (levels[at] < most && echoes.label[at] == 0 && stiff[at] > 1) {
                float away = ((float) Math.sqrt(levels[at]) - 1) * size;
                if (away <= 0) {
                    fill(echoes, at, -away);
                }
                edge(echoes, at, away);
            }
        }
    }

    /// Blood hardly echoes; beneath its near wall there is some haze.
    private void fill(Echoes echoes, int at, float inside) {
        echoes.label[at] = label;
        echoes.mirror[at] = 0;
        float haze = echoes.deep[at] < depth ? 0.1f * Tables.fallen(inside / 0.5f) : 0;
        echoes.scatter[at] = blood + haze;
        echoes.loss[at] = BLOOD_LOSS;
    }

    /// An artery shows two lines with the dark media between them where the beam meets its wall at a right angle.
    private void edge(Echoes echoes, int at, float away) {
        float right = (cos * (echoes.across[at] - x) + sin * (echoes.deep[at] - depth)) / (wide * wide);
        float down = (cos * (echoes.deep[at] - depth) - sin * (echoes.across[at] - x)) / (high * high);
        float up = sin * right + cos * down;
        float facing = up * up / Math.max(1e-6f, right * right + down * down);
        float shine = bright * (0.08f + 0.92f * facing * facing);
        if (label == ARTERY) {
            echoes.surface(at, away - 0.05f, 0.08f, 0.5f * shine);
            echoes.surface(at, away - wall, 0.16f, shine);
            if (away > 0.1f && away < wall - 0.15f) {
                echoes.scatter[at] *= 0.4f;
            }
        } else {
            echoes.surface(at, away - wall / 2, 0.1f, shine);
        }
        if (facing < 0.08f && Math.abs(away) < 0.4f) {
            echoes.loss[at] += 2.5f; // bent aside at the rim
        }
    }

    boolean isClearOf(float otherX, float otherDepth, float reach) {
        float far = Math.max(wide, high) + reach;
        return (otherX - x) * (otherX - x) + (otherDepth - depth) * (otherDepth - depth) > far * far;
    }
}
