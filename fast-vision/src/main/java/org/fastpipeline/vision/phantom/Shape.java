// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.List;

/// The forms of capillaries, around the origin, in pixels; those of one list are one vessel.
enum Shape {
    /// Two limbs and the arch between them.
    HAIRPIN(2) {
        @Override
        List<Curve> draw(Dice dice) {
            float height = dice.between(16, 70);
            float gap = dice.between(11, 30);
            float second = height * dice.between(0.4f, 1.1f);
            float sway = dice.between(-5, 5);
            float wave = dice.between(8, 18);
            float phase = dice.angle();
            Curve curve = Curve.of(36, i -> {
                float share = i % 12 / (12 - 1f);
                float x = i < 12 ? -gap / 2 : gap / 2;
                float y = i < 12 ? height * (1 - share) : second * share;
                if (i >= 12 && i < 2 * 12) {
                    x = gap / 2 * (float) -StrictMath.cos(Math.PI * share);
                    y = gap / 2 * (float) -StrictMath.sin(Math.PI * share);
                } else if (i >= 2 * 12) {
                    x = gap / 2;
                }
                return new float[] {x + sway * (float) StrictMath.sin(y / wave + phase), y};
            });
            return List.of(curve);
        }
    },

    /// A bent stroke.
    COMMA(2) {
        @Override
        List<Curve> draw(Dice dice) {
            return List.of(Curve.walk(dice, 0, 0, 0, dice.between(18, 85), 3, dice.between(0, 0.06f)));
        }
    },

    /// A long wound one.
    TORTUOUS(1) {
        @Override
        List<Curve> draw(Dice dice) {
            return List.of(Curve.walk(dice, 0, 0, 0, dice.between(70, 170), 4, dice.between(0.06f, 0.2f)));
        }
    },

    /// A loop seen from above.
    RING(0.6f) {
        @Override
        List<Curve> draw(Dice dice) {
            return List.of(Curve.ring(0, 0, dice.between(9, 24), dice.between(7, 18), dice.between(0, 2.5f), 24));
        }
    },

    /// A loop seen end on.
    DOT(1) {
        @Override
        List<Curve> draw(Dice dice) {
            return List.of(Curve.walk(dice, 0, 0, 0, dice.between(3, 16), 2, 0.05f));
        }
    },

    /// A dark apex whose limb sinks away into the depth.
    TADPOLE(2) {
        @Override
        List<Curve> draw(Dice dice) {
            Curve curve = Curve.walk(dice, 0, 0, 0, dice.between(30, 95), 3, dice.between(0.02f, 0.12f));
            float head = dice.between(0.15f, 0.4f);
            float thin = dice.between(0.4f, 0.7f);
            float faint = dice.between(0.15f, 0.45f);
            for (int i = 0; i < curve.size(); i++) {
                float sunk = Math.clamp((curve.share(i) - head) / (1 - head) * 2, 0, 1);
                curve.radius[i] = 1.25f + sunk * (thin - 1.25f);
                curve.fill[i] = 1 + sunk * (faint - 1);
            }
            return List.of(curve);
        }
    },

    /// A knot of short loops.
    KNOT(0.8f) {
        @Override
        List<Curve> draw(Dice dice) {
            Curve first = Curve.walk(dice, 0, 0, dice.angle(), dice.between(20, 70), 3, dice.between(0.15f, 0.35f));
            Curve second = Curve.walk(
                    dice,
                    first.x[first.size() / 2],
                    first.y[first.size() / 2],
                    dice.angle(),
                    dice.between(15, 50),
                    3,
                    dice.between(0.15f, 0.35f));
            return List.of(first.widened(dice.between(0.6f, 1)), second.widened(dice.between(0.6f, 1)));
        }
    };

    /// How often it is met, before a frame's own taste.
    final float usual;

    Shape(float usual) {
        this.usual = usual;
    }

    abstract List<Curve> draw(Dice dice);
}
