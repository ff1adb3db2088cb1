// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.function.IntFunction;

/// A curve through the frame with a width and a strength that change along it: a vessel, a hair, a fold.
final class Curve {
    private static final float WOBBLE = 0.85f;

    /// Points in pixels.
    final float[] x;

    final float[] y;

    /// Half the width at each point.
    final float[] radius;

    /// How strong it is at each point, mostly 0 to 1.
    final float[] fill;

    private Curve(float[] x, float[] y, float[] radius, float[] fill) {
        this.x = x;
        this.y = y;
        this.radius = radius;
        this.fill = fill;
    }

    /// A curve of `count` points, of radius 1 and strength 1.
    static Curve of(int count, IntFunction<float[]> point) {
        Curve curve = new Curve(new float[count], new float[count], new float[count], new float[count]);
        for (int i = 0; i < count; i++) {
            float[] at = point.apply(i);
            curve.x[i] = at[0];
            curve.y[i] = at[1];
            curve.radius[i] = 1;
            curve.fill[i] = 1;
        }
        return curve;
    }

    /// A smooth random walk: the heading's rate of change is itself a slow random process.
    static Curve walk(Dice dice, float x, float y, float heading, float length, float step, float bend) {
        float[] at = {x, y, heading, 0};
        return of(Math.max(2, (int) (length / step) + 1), i -> {
            if (i > 0) {
                at[3] = WOBBLE * at[3] + bend * dice.normal();
                at[2] += at[3];
                at[0] += step * (float) StrictMath.cos(at[2]);
                at[1] += step * (float) StrictMath.sin(at[2]);
            }
            return new float[] {at[0], at[1]};
        });
    }

    /// A closed ellipse, open by `gap` (radians).
    static Curve ring(float x, float y, float a, float b, float gap, int count) {
        return of(count, i -> {
            double t = gap + i * (2 * Math.PI - gap) / (count - 1);
            return new float[] {x + a * (float) StrictMath.cos(t), y + b * (float) StrictMath.sin(t)};
        });
    }

    int size() {
        return x.length;
    }

    /// How far along a point is, 0 to 1.
    float share(int point) {
        return point / (float) (size() - 1);
    }

    float mean(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// Multiplies all widths.
    Curve widened(float factor) {
        for (int i = 0; i < size(); i++) {
            radius[i] *= factor;
        }
        return this;
    }

    /// Moves it.
    Curve moved(float dx, float dy) {
        for (int i = 0; i < size(); i++) {
            x[i] += dx;
            y[i] += dy;
        }
        return this;
    }

    /// Sizes and turns it about the origin.
    Curve turned(float size, float squeeze, float angle) {
        float cos = size * (float) StrictMath.cos(angle);
        float sin = size * (float) StrictMath.sin(angle);
        for (int i = 0; i < size(); i++) {
            float flat = y[i] * squeeze;
            float across = x[i];
            x[i] = cos * across - sin * flat;
            y[i] = sin * across + cos * flat;
        }
        return this;
    }
}
