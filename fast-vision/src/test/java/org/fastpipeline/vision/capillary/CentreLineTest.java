// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class CentreLineTest {
    private static final int SIDE = 100;

    private static double length(BiPredicate<Integer, Integer> inside) {
        byte[] shape = new byte[SIDE * SIDE];
        for (int at = 0; at < shape.length; at++) {
            shape[at] = (byte) (inside.test(at % SIDE, at / SIDE) ? 1 : 0);
        }
        return CentreLine.length(shape, SIDE);
    }

    private static double toSegment(double x, double y, double x0, double y0, double x1, double y1) {
        double along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / (Math.pow(x1 - x0, 2) + Math.pow(y1 - y0, 2));
        double at = Math.clamp(along, 0, 1);
        return Math.hypot(x - x0 - at * (x1 - x0), y - y0 - at * (y1 - y0));
    }

    @Test
    void barIsAsLongAsItIs() {
        assertThat(length((x, y) -> x >= 20 && x < 70 && y >= 40 && y < 50)).isCloseTo(50, within(4.0));
    }

    @Test
    void lineOfOnePixelIsAsLongAsItHasPixels() {
        assertThat(length((x, y) -> y == 30 && x >= 10 && x < 40)).isCloseTo(30, within(0.6));
    }

    @Test
    void slantedStrokeIsAsLongAsAnUprightOne() {
        double slanted = length((x, y) -> toSegment(x, y, 20, 20, 68, 56) <= 5);
        double upright = length((x, y) -> toSegment(x, y, 50, 20, 50, 80) <= 5);

        assertThat(upright).isCloseTo(71, within(2.0));
        assertThat(slanted).isCloseTo(71, within(2.0));
    }

    @Test
    void hairpinIsAsLongAsBothItsLimbsAndTheArch() {
        double length = length((x, y) -> {
            double limb = Math.min(Math.abs(x - 30), Math.abs(x - 60));
            double arch = Math.abs(Math.hypot(x - 45, y - 40) - 15);
            return y < 80 && (y >= 40 ? limb : arch) <= 4;
        });

        assertThat(length).isCloseTo(40 + 40 + Math.PI * 15, within(8.0));
    }

    @Test
    void ringIsAsLongAsItsMiddleLine() {
        assertThat(length((x, y) -> Math.abs(Math.hypot(x - 50, y - 50) - 25) <= 4))
                .isCloseTo(2 * Math.PI * 25, within(6.0));
    }

    @Test
    void discIsAsLongAsItIsWide() {
        assertThat(length((x, y) -> Math.hypot(x - 50, y - 50) <= 10)).isCloseTo(21, within(2.0));
    }

    @Test
    void bumpOnAStrokeAddsNoBranch() {
        BiPredicate<Integer, Integer> stroke = (x, y) -> toSegment(x, y, 20, 50, 80, 50) <= 6;

        assertThat(length(stroke.or((x, y) -> x >= 49 && x <= 51 && y >= 42 && y <= 50)))
                .isCloseTo(length(stroke), within(3.0));
    }

    @Test
    void shapeThatFillsItsBoxIsMeasuredToo() {
        byte[] full = new byte[40 * 10];
        java.util.Arrays.fill(full, (byte) 1);

        assertThat(CentreLine.length(full, 40)).isCloseTo(40, within(4.0));
    }

    @Test
    void nothingHasNoLength() {
        assertThat(CentreLine.length(new byte[12], 4)).isZero();
    }

    @Test
    void onePixelIsOnePixelLong() {
        assertThat(length((x, y) -> x == 7 && y == 8)).isEqualTo(1);
    }
}
