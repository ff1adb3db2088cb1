// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.memory.Allocator;

/// A number per pixel of the frame, in native memory that counts.
final class Layer {
    private static final int WIDTH = CapillaryPhantom.WIDTH;
    private static final int HEIGHT = CapillaryPhantom.HEIGHT;

    private final MemorySegment pixels;

    /// All 0; given back with the step that `memory` is of.
    Layer(Allocator memory) {
        pixels = memory.allocate((long) WIDTH * HEIGHT * Float.BYTES).writable();
        pixels.fill((byte) 0);
    }

    /// Adds what of a raster lies in the frame.
    void add(Raster raster, float gain) {
        if (raster.step == 1) {
            addPixels(raster, gain);
            return;
        }
        Interpolation rows = new Interpolation(raster, 0, 1, WIDTH);
        float[] more = new float[WIDTH];
        float[] line = new float[WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            rows.row(y, more);
            row(y, line);
            for (int x = 0; x < WIDTH; x++) {
                line[x] += gain * more[x];
            }
            MemorySegment.copy(line, 0, pixels, ValueLayout.JAVA_FLOAT, (long) y * WIDTH * Float.BYTES, WIDTH);
        }
    }

    private void addPixels(Raster raster, float gain) {
        int from = Math.max(0, raster.left);
        int to = Math.min(WIDTH, raster.left + raster.width);
        for (int y = Math.max(0, raster.top); y < Math.min(HEIGHT, raster.top + raster.height); y++) {
            int at = (y - raster.top) * raster.width - raster.left;
            for (int x = from; x < to; x++) {
                long pixel = (long) y * WIDTH + x;
                float before = pixels.getAtIndex(ValueLayout.JAVA_FLOAT, pixel);
                pixels.setAtIndex(ValueLayout.JAVA_FLOAT, pixel, before + gain * raster.values[at + x]);
            }
        }
    }

    /// Copies a row out.
    void row(int y, float[] out) {
        MemorySegment.copy(pixels, ValueLayout.JAVA_FLOAT, (long) y * WIDTH * Float.BYTES, out, 0, WIDTH);
    }
}
