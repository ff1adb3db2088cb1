// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.Arrays;
import java.util.List;

/// Numbers on a grid over a part of the frame, as fine as pixels or coarser for what is smooth.
///
/// Plain loops over floats, and neither OpenCV's filters nor fused operations: those round differently from machine
/// to machine, and a phantom is to be the same everywhere.
final class Raster {
    private static final int MARGIN = 2;
    private static final float REACH = 3;
    private static final float HALF = 0.5f;

    /// Pixel of the first node.
    final int left;

    final int top;

    /// Pixels from node to node.
    final int step;

    final int width;
    final int height;

    /// Row by row.
    final float[] values;

    Raster(int left, int top, int step, int width, int height) {
        this.left = left;
        this.top = top;
        this.step = step;
        this.width = width;
        this.height = height;
        this.values = new float[width * height];
    }

    /// What a curve does to a node.
    interface Brush {
        /// The value that it leaves.
        ///
        /// @param distance from the curve, in pixels
        /// @param radius half the curve's width there
        float paint(float before, float distance, float radius, float fill);
    }

    /// Over the whole frame and a little beyond.
    static Raster ofFrame(int step) {
        return new Raster(
                -MARGIN * step,
                -MARGIN * step,
                step,
                CapillaryPhantom.WIDTH / step + 2 * MARGIN + 1,
                CapillaryPhantom.HEIGHT / step + 2 * MARGIN + 1);
    }

    /// Smooth noise of unit deviation with structures of about `scale` pixels.
    static Raster noise(Dice dice, int scale) {
        Raster noise = ofFrame(scale);
        for (int i = 0; i < noise.values.length; i++) {
            noise.values[i] = dice.normal();
        }
        return noise;
    }

    /// In pixels, around curves.
    static Raster around(List<Curve> curves, float margin) {
        float x0 = Float.MAX_VALUE;
        float y0 = Float.MAX_VALUE;
        float x1 = -Float.MAX_VALUE;
        float y1 = -Float.MAX_VALUE;
        for (Curve curve : curves) {
            for (int i = 0; i < curve.size(); i++) {
                float reach = curve.radius[i] + margin;
                x0 = Math.min(x0, curve.x[i] - reach);
                y0 = Math.min(y0, curve.y[i] - reach);
                x1 = Math.max(x1, curve.x[i] + reach);
                y1 = Math.max(y1, curve.y[i] + reach);
            }
        }
        int left = (int) Math.floor(x0);
        int top = (int) Math.floor(y0);
        return new Raster(left, top, 1, (int) Math.ceil(x1) - left + 1, (int) Math.ceil(y1) - top + 1);
    }

    /// A vessel: absorbs along a chord of its round section. To be blurred.
    void tube(Curve curve) {
        paint(curve, 0, Raster::chord);
    }

    /// The length of a chord at a distance from a tube's axis, of 1 in the middle, times its filling.
    static float chord(float before, float distance, float radius, float fill) {
        float q = distance / radius;
        return q < 1 ? Math.max(before, fill * (float) Math.sqrt(1 - q * q)) : before;
    }

    /// A band with soft edges.
    void band(Curve curve, float soft) {
        paint(curve, soft, (before, distance, radius, fill) -> {
            float u = Math.clamp(HALF + HALF * (radius - distance) / soft, 0, 1);
            return Math.max(before, fill * u * u * (3 - 2 * u));
        });
    }

    /// Paints a curve on all nodes up to `reach` pixels beside it.
    void paint(Curve curve, float reach, Brush brush) {
        for (int i = 0; i + 1 < curve.size(); i++) {
            segment(curve, i, reach, brush);
        }
    }

    private void segment(Curve curve, int i, float reach, Brush brush) {
        float ax = curve.x[i];
        float ay = curve.y[i];
        float ex = curve.x[i + 1] - ax;
        float ey = curve.y[i + 1] - ay;
        float square = Math.max(1e-6f, ex * ex + ey * ey);
        float beside = Math.max(curve.radius[i], curve.radius[i + 1]) + reach;
        int from = Math.max(0, (int) Math.floor((Math.min(ax, ax + ex) - beside - left) / step));
        int to = Math.min(width - 1, (int) Math.ceil((Math.max(ax, ax + ex) + beside - left) / step));
        int first = Math.max(0, (int) Math.floor((Math.min(ay, ay + ey) - beside - top) / step));
        int last = Math.min(height - 1, (int) Math.ceil((Math.max(ay, ay + ey) + beside - top) / step));
        for (int row = first; row <= last; row++) {
            float py = top + row * step - ay;
            for (int column = from; column <= to; column++) {
                float px = left + column * step - ax;
                float t = Math.clamp((px * ex + py * ey) / square, 0, 1);
                float dx = px - t * ex;
                float dy = py - t * ey;
                float radius = curve.radius[i] + t * (curve.radius[i + 1] - curve.radius[i]);
                float fill = curve.fill[i] + t * (curve.fill[i + 1] - curve.fill[i]);
                int at = row * width + column;
                values[at] = brush.paint(values[at], (float) Math.sqrt(dx * dx + dy * dy), radius, fill);
            }
        }
    }

    /// Adds a round or oval spot with the profile of a normal curve.
    void spot(float x, float y, float sigma, float squeeze, float gain) {
        int from = Math.max(0, (int) ((x - REACH * sigma - left) / step));
        int to = Math.min(width - 1, (int) ((x + REACH * sigma - left) / step) + 1);
        int first = Math.max(0, (int) ((y - REACH * sigma - top) / step));
        int last = Math.min(height - 1, (int) ((y + REACH * sigma - top) / step) + 1);
        for (int row = first; row <= last; row++) {
            float dy = top + row * step - y;
            for (int column = from; column <= to; column++) {
                float dx = left + column * step - x;
                float u = (dx * dx + dy * dy * squeeze) / (2 * sigma * sigma);
                values[row * width + column] += gain * Tables.fallen(u);
            }
        }
    }

    /// Adds another raster of the same grid.
    Raster add(Raster other, float gain) {
        for (int i = 0; i < values.length; i++) {
            values[i] += gain * other.values[i];
        }
        return this;
    }

    /// Adds a coarser raster, moved.
    void addSmooth(Raster coarse, float gain, float dx, float dy) {
        Interpolation rows = new Interpolation(coarse, left - dx, step, width);
        float[] line = new float[width];
        for (int row = 0; row < height; row++) {
            rows.row(top + row * step - dy, line);
            for (int column = 0; column < width; column++) {
                values[row * width + column] += gain * line[column];
            }
        }
    }

    /// Takes the greater of this and another raster that lies inside this one, both in pixels.
    void greatest(Raster other) {
        for (int row = 0; row < other.height; row++) {
            int at = (other.top + row - top) * width + other.left - left;
            for (int column = 0; column < other.width; column++) {
                float value = other.values[row * other.width + column];
                values[at + column] = Math.max(values[at + column], value);
            }
        }
    }

    /// Blurs it; beyond its edges is nothing.
    Raster blur(float sigma) {
        float[] kernel = Tables.gauss(sigma / step, 0);
        int reach = kernel.length / 2;
        float[] once = new float[values.length];
        for (int k = -reach; k <= reach; k++) {
            for (int row = 0; row < height; row++) {
                int from = row * width;
                for (int column = Math.max(0, -k); column < Math.min(width, width - k); column++) {
                    once[from + column] += kernel[k + reach] * values[from + column + k];
                }
            }
        }
        Arrays.fill(values, 0);
        for (int k = -reach; k <= reach; k++) {
            for (int row = Math.max(0, -k); row < Math.min(height, height - k); row++) {
                int from = row * width;
                int other = (row + k) * width;
                for (int column = 0; column < width; column++) {
                    values[from + column] += kernel[k + reach] * once[other + column];
                }
            }
        }
        return this;
    }

    void scale(float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    float most() {
        float most = 0;
        for (float value : values) {
            most = Math.max(most, value);
        }
        return most;
    }
}
