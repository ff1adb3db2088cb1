// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.fastpipeline.core.data.Points;
import org.fastpipeline.core.data.Vector3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Properties that hold for any camera: each repetition tries another, and names its seed.
class CameraTest {
    private static final int TIMES = 50;
    private static final double EXACT = 1e-6;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private Extent extent = new Extent(1, 1, Vector3.ONE);
    private Camera fitted = Camera.fit(extent, 1, 1);
    private Camera camera = fitted;

    @BeforeEach
    void chooseOne() {
        extent = new Extent(between(1, 5000), between(1, 5000), new Vector3(between(0.01, 10), between(0.01, 10), 1));
        fitted = Camera.fit(extent, between(50, 4000), between(50, 4000));
        camera = fitted.zoomed(between(0.3, 10), somewhereX(), somewhereY()).panned(between(-99, 99), between(-99, 99));
    }

    private double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    private double somewhereX() {
        return between(0, fitted.width());
    }

    private double somewhereY() {
        return between(0, fitted.height());
    }

    private void same(double met, double needed) {
        assertThat(met).as("seed %d", seed).isCloseTo(needed, offset(EXACT * (1 + Math.abs(needed))));
    }

    @RepeatedTest(TIMES)
    void fitShowsAllOfThePlaneAndNoSmallerThanNeeded() {
        double left = fitted.screenX(0);
        double top = fitted.screenY(0);
        double right = fitted.screenX(extent.width());
        double bottom = fitted.screenY(extent.height());

        same(left + right, fitted.width());
        same(top + bottom, fitted.height());
        same(Math.max((right - left) / fitted.width(), (bottom - top) / fitted.height()), 1);
    }

    @RepeatedTest(TIMES)
    void fitKeepsTheShapeOfPixelsAsTheirSpacingSays() {
        double wide = fitted.screenX(1) - fitted.screenX(0);
        double high = fitted.screenY(1) - fitted.screenY(0);

        same(high / wide, extent.spacing().y() / extent.spacing().x());
    }

    @RepeatedTest(TIMES)
    void aPlaceOnTheScreenIsWhereItsPlaceInThePlaneIsSeen() {
        double x = somewhereX();
        double y = somewhereY();

        same(camera.screenX(camera.planeX(x)), x);
        same(camera.screenY(camera.planeY(y)), y);
        double[] seen = camera.screen(Points.of(camera.planeX(x), camera.planeY(y)));
        same(seen[0], x);
        same(seen[1], y);
    }

    @RepeatedTest(TIMES)
    void zoomKeepsWhatIsUnderThePointer() {
        double x = somewhereX();
        double y = somewhereY();

        Camera closer = camera.zoomed(between(0.1, 20), x, y);

        same(closer.planeX(x), camera.planeX(x));
        same(closer.planeY(y), camera.planeY(y));
    }

    @RepeatedTest(TIMES)
    void zoomMakesAllAsMuchLargerAsAsked() {
        Camera middling = new Camera(0, 0, between(0.1, 10), between(0.1, 10), 500, 300);
        double factor = between(0.1, 10);

        Camera closer = middling.zoomed(factor, 20, 30);

        same(closer.screenX(7) - closer.screenX(0), factor * (middling.screenX(7) - middling.screenX(0)));
        same(closer.screenY(7) - closer.screenY(0), factor * (middling.screenY(7) - middling.screenY(0)));
    }

    @RepeatedTest(TIMES)
    void zoomThereAndBackIsNoChange() {
        Camera middling = new Camera(5, 7, between(0.1, 10), between(0.1, 10), 500, 300);
        double factor = between(0.1, 10);

        Camera back = middling.zoomed(factor, 20, 30).zoomed(1 / factor, 20, 30);

        same(back.x(), middling.x());
        same(back.y(), middling.y());
        same(back.scale(), middling.scale());
    }

    @RepeatedTest(TIMES)
    void panMovesAllByAsMuchAsAsked() {
        double right = between(-500, 500);
        double down = between(-500, 500);

        Camera moved = camera.panned(right, down);

        same(moved.screenX(3), camera.screenX(3) + right);
        same(moved.screenY(4), camera.screenY(4) + down);
    }

    @Test
    void zoomEndsWhereNothingCouldBeSeenAnyMore() {
        Camera near = new Camera(0, 0, 1, 1, 100, 100);

        assertThat(near.zoomed(1e9, 50, 50).scale()).isEqualTo(400);
        assertThat(near.zoomed(1e-9, 50, 50).scale()).isEqualTo(1.0 / 400);
    }
}
