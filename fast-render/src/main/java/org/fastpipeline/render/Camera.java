// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.data.Points;

/// Which part of a plane is seen, and how large: the mapping between the plane's pixels and points on the screen.
///
/// @param x place of the plane that is seen in the middle
/// @param y place of the plane that is seen in the middle
/// @param scale points on the screen for one pixel's width
/// @param stretch how much higher than wide a pixel is
/// @param width points across
/// @param height points down
public record Camera(double x, double y, double scale, double stretch, double width, double height) {
    private static final double CLOSEST = 400;
    private static final double FARTHEST = 1.0 / 400;

    /// Sees all of `extent`, as large as fits, in the middle.
    public static Camera fit(Extent extent, double width, double height) {
        double stretch = extent.spacing().y() / extent.spacing().x();
        double scale = Math.min(width / extent.width(), height / (extent.height() * stretch));
        return new Camera(extent.width() / 2, extent.height() / 2, scale, stretch, width, height);
    }

    /// Where a place of the plane is seen, in points from the left.
    public double screenX(double planeX) {
        return width / 2 + (planeX - x) * scale;
    }

    /// Where a place of the plane is seen, in points from the top.
    public double screenY(double planeY) {
        return height / 2 + (planeY - y) * scale * stretch;
    }

    /// Where places of the plane are seen: x and y in turns, in points from the upper left corner.
    public double[] screen(Points points) {
        double[] seen = new double[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            seen[2 * i] = screenX(points.x(i));
            seen[2 * i + 1] = screenY(points.y(i));
        }
        return seen;
    }

    /// The place of the plane that is seen so many points from the left.
    public double planeX(double screenX) {
        return x + (screenX - width / 2) / scale;
    }

    /// The place of the plane that is seen so many points from the top.
    public double planeY(double screenY) {
        return y + (screenY - height / 2) / (scale * stretch);
    }

    /// Moved by so many points: what was seen at (0, 0) is seen at (right, down).
    public Camera panned(double right, double down) {
        return new Camera(x - right / scale, y - down / (scale * stretch), scale, stretch, width, height);
    }

    /// Larger by `factor`; what is seen at (screenX, screenY) stays there.
    public Camera zoomed(double factor, double screenX, double screenY) {
        double newScale = Math.clamp(scale * factor, Math.min(FARTHEST, scale), Math.max(CLOSEST, scale));
        double keptX = planeX(screenX);
        double keptY = planeY(screenY);
        return new Camera(
                keptX - (screenX - width / 2) / newScale,
                keptY - (screenY - height / 2) / (newScale * stretch),
                newScale,
                stretch,
                width,
                height);
    }
}
