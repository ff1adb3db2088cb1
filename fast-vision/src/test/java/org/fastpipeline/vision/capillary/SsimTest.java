// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.bytedeco.opencv.global.opencv_core;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.Plane;
import org.junit.jupiter.api.Test;

class SsimTest {
    private static final int SIDE = 70;
    private static final int HALF = 5;
    private static final double LEVEL = 100;

    @Test
    void agreesWithTheFormulaWorkedOutDirectly() {
        try (MemoryPool pool = new MemoryPool(1 << 24, true);
                Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
            Plane x = noise(mats, 1);
            Plane y = noise(mats, 2);
            Ssim ssim = new Ssim(x, y, LEVEL);
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    double expected = direct(x.pixels(), y.pixels(), column, row);
                    assertThat((double) ssim.at(column, row)).isBetween(expected - 0.51, expected + 0.51);
                }
            }
        }
    }

    @Test
    void imageIsWhollyAlikeToItself() {
        try (MemoryPool pool = new MemoryPool(1 << 24, true);
                Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
            Plane x = noise(mats, 1);
            Ssim ssim = new Ssim(x, x, LEVEL);

            assertThat(ssim.at(0, 0)).isEqualTo(255);
            assertThat(ssim.at(SIDE - 1, SIDE - 1)).isEqualTo(255);
        }
    }

    /// The pixel that stands for one beyond the edge.
    private static int mirrored(int at) {
        return at < 0 ? -at : Math.min(at, 2 * (SIDE - 1) - at);
    }

    private static Plane noise(Mats mats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Plane plane = mats.scratch(SIDE, SIDE, opencv_core.CV_32FC1);
        for (long i = 0; i < SIDE * SIDE; i++) {
            plane.pixels().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (100 + i / 49.0 + random.nextDouble(-8, 8)));
        }
        return plane;
    }

    private static double direct(MemorySegment x, MemorySegment y, int column, int row) {
        double mx = 0;
        double my = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        int count = (2 * HALF + 1) * (2 * HALF + 1);
        for (int v = row - HALF; v <= row + HALF; v++) {
            for (int u = column - HALF; u <= column + HALF; u++) {
                double a = x.getAtIndex(ValueLayout.JAVA_FLOAT, (long) mirrored(v) * SIDE + mirrored(u));
                double b = y.getAtIndex(ValueLayout.JAVA_FLOAT, (long) mirrored(v) * SIDE + mirrored(u));
                mx += a / count;
                my += b / count;
                xx += a * a / count;
                yy += b * b / count;
                xy += a * b / count;
            }
        }
        double c1 = Math.pow(0.01 * LEVEL, 2);
        double c2 = Math.pow(0.03 * LEVEL, 2);
        double ssim = (2 * mx * my + c1)
                * (2 * (xy - mx * my) + c2)
                / ((mx * mx + my * my + c1) * (xx - mx * mx + yy - my * my + c2));
        return Math.clamp(255 * ssim, 0, 255);
    }
}
