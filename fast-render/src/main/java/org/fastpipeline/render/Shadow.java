// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.fastpipeline.core.data.Vector3;

/// The box of a space as a camera sees it, in points.
record Shadow(ImmutableList<Vector3> corners, SpaceCamera camera) {
    private static final Colour LINE = Colour.WHITE.withAlpha(0.6);

    static Shadow of(Space space, SpaceCamera camera) {
        return new Shadow(space.corners(), camera);
    }

    double left() {
        return least(camera::screenX);
    }

    double top() {
        return least(camera::screenY);
    }

    double right() {
        return -least(corner -> -camera.screenX(corner));
    }

    double bottom() {
        return -least(corner -> -camera.screenY(corner));
    }

    private double least(ToDoubleFunction<Vector3> of) {
        return corners.stream().mapToDouble(of).min().orElseThrow();
    }

    /// The edges behind what is inside: those of the corner that is farthest from the eye.
    void drawBack(Pen pen) {
        draw(pen, true);
    }

    /// The other edges.
    void drawFront(Pen pen) {
        draw(pen, false);
    }

    private void draw(Pen pen, boolean behind) {
        int farthest = IntStream.range(0, corners.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> camera.nearness(corners.get(i))))
                .orElseThrow();
        for (int from = 0; from < corners.size(); from++) {
            for (int bit = 1; bit < corners.size(); bit <<= 1) {
                int to = from | bit;
                if (to != from && behind == (from == farthest || to == farthest)) {
                    pen.line(line(corners.get(from), corners.get(to)), false, LINE, 1);
                }
            }
        }
    }

    private double[] line(Vector3 from, Vector3 to) {
        return new double[] {camera.screenX(from), camera.screenY(from), camera.screenX(to), camera.screenY(to)};
    }
}
