// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.fastpipeline.vision.phantom.CapillaryPhantom.HEIGHT;
import static org.fastpipeline.vision.phantom.CapillaryPhantom.WIDTH;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.vision.phantom.DrawnCapillaries.DrawnCapillary;

/// Says of each capillary what a person would see of it in the finished picture, and writes the mask.
///
/// Clear is one whose core is darker in green than its surroundings by a tenth of their light, and by two and a half
/// times their own unevenness. Core and surroundings are means over 3 x 3 pixels: noise finer than that hides no
/// vessel. One that the frame cuts by more than a quarter is not clear. On real frames with marked capillaries a tenth
/// roughly parts those that were called clear from those called faint.
final class Witness {
    private static final float CONTRAST = 0.10f;
    private static final float TO_UNEVENNESS = 2.5f;
    private static final float CORE = 0.75f;
    private static final float NEAR = 5;
    private static final float FAR = 18;
    private static final float LEAST_SHARE = 0.75f;
    private static final int LEAST_PIXELS = 60;
    private static final int LEAST_RING = 40;
    private static final int CHANNELS = 3;

    private final MemorySegment pixels;
    private final long stride;
    private final BitSet taken = new BitSet(WIDTH * HEIGHT);

    /// @param image 8-bit BGR
    Witness(Image image, List<Vessel> vessels) {
        pixels = image.pixels();
        stride = image.spec().rowStride();
        for (Vessel vessel : vessels) {
            each(vessel.shown(), (at, x, y) -> {
                if (vessel.covers(at)) {
                    taken.set(y * WIDTH + x);
                }
            });
        }
    }

    /// Does something with the pixels of a window that lie in the frame.
    private interface Pixel {
        void visit(int at, int x, int y);
    }

    private static void each(Raster window, Pixel pixel) {
        for (int y = Math.max(0, window.top); y < Math.min(HEIGHT, window.top + window.height); y++) {
            int row = (y - window.top) * window.width - window.left;
            for (int x = Math.max(0, window.left); x < Math.min(WIDTH, window.left + window.width); x++) {
                pixel.visit(row + x, x, y);
            }
        }
    }

    /// @param mask 8-bit grey, all 0; clear ones are drawn into it
    DrawnCapillaries see(List<Vessel> vessels, MemorySegment mask) {
        ImmutableList.Builder<DrawnCapillary> seen = ImmutableList.builder();
        long[] clearPixels = {0};
        for (Vessel vessel : vessels) {
            Optional<DrawnCapillary> drawn = see(vessel);
            drawn.ifPresent(seen::add);
            if (drawn.isPresent() && drawn.get().clear()) {
                each(vessel.shown(), (at, x, y) -> {
                    long pixel = (long) y * WIDTH + x;
                    if (vessel.covers(at) && mask.get(ValueLayout.JAVA_BYTE, pixel) == 0) {
                        mask.set(ValueLayout.JAVA_BYTE, pixel, (byte) 255);
                        clearPixels[0]++;
                    }
                });
            }
        }
        return new DrawnCapillaries(seen.build(), clearPixels[0], (long) WIDTH * HEIGHT);
    }

    private Optional<DrawnCapillary> see(Vessel vessel) {
        Raster shown = vessel.shown();
        int[] edge = {WIDTH, HEIGHT, 0, 0};
        long[] sums = new long[3];
        each(shown, (at, x, y) -> {
            if (vessel.covers(at)) {
                edge[0] = Math.min(edge[0], x);
                edge[1] = Math.min(edge[1], y);
                edge[2] = Math.max(edge[2], x + 1);
                edge[3] = Math.max(edge[3], y + 1);
                sums[0]++;
                sums[1] += x;
                sums[2] += y;
            }
        });
        if (sums[0] == 0) {
            return Optional.empty();
        }
        int all = 0;
        for (int at = 0; at < shown.values.length; at++) {
            all += vessel.covers(at) ? 1 : 0;
        }
        boolean whole = sums[0] >= LEAST_SHARE * all && sums[0] >= LEAST_PIXELS;
        Box box = new Box(edge[0], edge[1], edge[2] - edge[0], edge[3] - edge[1]);
        return Optional.of(new DrawnCapillary(
                box, (double) sums[1] / sums[0], (double) sums[2] / sums[0], whole && standsOut(vessel)));
    }

    private boolean standsOut(Vessel vessel) {
        Moments core = new Moments();
        Moments ring = new Moments();
        float most = vessel.shown().most();
        each(vessel.shown(), (at, x, y) -> {
            float away = vessel.away().values[at];
            if (vessel.shown().values[at] >= CORE * most) {
                core.add(green(x, y));
            } else if (away >= NEAR && away <= FAR && !taken.get(y * WIDTH + x)) {
                ring.add(green(x, y));
            }
        });
        if (ring.count < LEAST_RING || core.count == 0) {
            return false;
        }
        double contrast = 1 - core.mean() / ring.mean();
        return contrast >= CONTRAST && contrast >= TO_UNEVENNESS * ring.deviation() / ring.mean();
    }

    /// The mean of green over 3 x 3 pixels.
    private double green(int x, int y) {
        int sum = 0;
        for (int row = Math.max(0, y - 1); row <= y + 1; row++) {
            for (int column = Math.max(0, x - 1); column <= x + 1; column++) {
                long at = Math.min(row, HEIGHT - 1) * stride + (long) CHANNELS * Math.min(column, WIDTH - 1) + 1;
                sum += pixels.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            }
        }
        int rows = y == 0 ? 2 : 3;
        return (double) sum / (rows * (x == 0 ? 2 : 3));
    }

    /// Mean and deviation.
    private static final class Moments {
        private int count;
        private double sum;
        private double squares;

        void add(double value) {
            count++;
            sum += value;
            squares += value * value;
        }

        double mean() {
            return sum / count;
        }

        double deviation() {
            return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
        }
    }
}
