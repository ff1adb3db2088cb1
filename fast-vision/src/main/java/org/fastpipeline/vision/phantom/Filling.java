// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// How blood fills a vessel.
///
/// @param dice of the vessel
/// @param moment when it is looked at
record Filling(Dice dice, Moment moment) {
    private static final float LEAST_FILL = 0.12f;
    private static final float LEAST_RADIUS = 2;

    /// Widths and strengths along a vessel: tapering, and unevenly deep.
    void fill(Curve curve) {
        float taper = dice.between(-0.4f, 0.4f);
        float slope = dice.between(-0.45f, 0.45f);
        float uneven = dice.between(0, 0.35f);
        float waves = dice.between(3, 12);
        float phase = dice.angle();
        for (int i = 0; i < curve.size(); i++) {
            float t = 2 * curve.share(i) - 1;
            float filling = 1 + slope * t + uneven * (float) StrictMath.sin(curve.share(i) * waves + phase);
            curve.radius[i] = Math.max(LEAST_RADIUS, curve.radius[i] * (1 + taper * t));
            curve.fill[i] = Math.max(LEAST_FILL, curve.fill[i] * filling);
        }
    }

    /// How full a vessel is along its length at this moment: columns of cells and gaps of plasma go by.
    float[] flow(Curve curve) {
        float depth = dice.chance(0.5f) ? dice.between(0.1f, 0.7f) : 0;
        float distance = dice.between(25, 110);
        float speed = dice.between(0.5f, 6);
        float start = dice.between(0, 1);
        float along = 0;
        float[] flow = new float[curve.size()];
        for (int i = 0; i < flow.length; i++) {
            if (i > 0) {
                float dx = curve.x[i] - curve.x[i - 1];
                float dy = curve.y[i] - curve.y[i - 1];
                along += (float) StrictMath.sqrt(dx * dx + dy * dy);
            }
            double turns = (along - speed * moment.time()) / distance + start;
            float gap = (float) Math.max(0, 2 * StrictMath.cos(2 * Math.PI * turns) - 1); // a third of the length
            flow[i] = (1 - depth * gap) * moment.pulse();
        }
        return flow;
    }
}
