// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

/// A rectangle of the work image; the right and lower edges are not part of it.
record Bounds(int x0, int y0, int x1, int y1) {
    int width() {
        return x1 - x0;
    }

    int height() {
        return y1 - y0;
    }

    /// This rectangle with a margin, within the work image.
    Bounds grown(int margin, WorkSize size) {
        return new Bounds(
                Math.max(0, x0 - margin),
                Math.max(0, y0 - margin),
                Math.min(size.width(), x1 + margin),
                Math.min(size.height(), y1 + margin));
    }

    /// The share of this rectangle that lies in `other`.
    double coveredBy(Bounds other) {
        long width = Math.max(0, Math.min(x1, other.x1) - Math.max(x0, other.x0));
        long height = Math.max(0, Math.min(y1, other.y1) - Math.max(y0, other.y0));
        return (double) (width * height) / ((long) width() * height());
    }
}
