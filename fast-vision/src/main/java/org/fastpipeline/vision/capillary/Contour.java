// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.Plane;

/// The vessel inside one box: where green is darker than its surroundings, split by Otsu's threshold (Otsu 1979),
/// less small parts.
///
/// Surroundings are a wide box mean; the box is looked at with a margin, so that its edge has surroundings too.
final class Contour {
    private static final int MARGIN = 12;
    private static final int HALF = 15;
    private static final double SMOOTH = 1.5;
    private static final int SMOOTH_BOX = 7;
    private static final double SCALE = 4;
    private static final int SMALL_PART = 4;
    private static final byte INSIDE = (byte) 255;

    private final WorkSize size;
    private final Allocator memory;

    Contour(WorkSize size, Allocator memory) {
        this.size = size;
        this.memory = memory;
    }

    /// Sets the vessel's pixels in a mask of the frame.
    ///
    /// @param frame 8-bit BGR
    /// @param mask one byte a pixel, rows packed
    /// @return how many pixels were not set before
    long draw(Mat frame, Box box, MemorySegment mask) {
        byte[] vessel = vessel(frame, box);
        long added = 0;
        for (int y = 0; y < box.height(); y++) {
            long row = (long) (box.y() + y) * size.frameWidth() + box.x();
            for (int x = 0; x < box.width(); x++) {
                boolean isNew = vessel[y * box.width() + x] != 0 && mask.get(ValueLayout.JAVA_BYTE, row + x) == 0;
                if (isNew) {
                    mask.set(ValueLayout.JAVA_BYTE, row + x, INSIDE);
                    added++;
                }
            }
        }
        return added;
    }

    private byte[] vessel(Mat frame, Box box) {
        int margin = size.inFrame(MARGIN);
        int x0 = Math.max(0, box.x() - margin);
        int y0 = Math.max(0, box.y() - margin);
        int x1 = Math.min(size.frameWidth(), box.x() + box.width() + margin);
        int y1 = Math.min(size.frameHeight(), box.y() + box.height() + margin);
        int side = 2 * size.inFrame(HALF) + 1;
        try (Mats mats = new Mats(memory)) {
            // A copy of the channel: filters on a part of the frame would read on beyond its border.
            Mat green = new Mat();
            opencv_core.extractChannel(mats.part(frame, new Box(x0, y0, x1 - x0, y1 - y0)), green, 1);
            Mat real = new Mat();
            green.convertTo(real, opencv_core.CV_32F);
            Mat around = new Mat();
            opencv_imgproc.blur(real, around, new Size(side, side));
            Mat smooth = new Mat();
            opencv_imgproc.GaussianBlur(real, smooth, new Size(SMOOTH_BOX, SMOOTH_BOX), SMOOTH);
            opencv_core.subtract(around, smooth, around);
            Plane darkness = mats.scratch(box.height(), box.width(), opencv_core.CV_8UC1);
            mats.part(around, new Box(box.x() - x0, box.y() - y0, box.width(), box.height()))
                    .convertTo(darkness.mat(), opencv_core.CV_8U, SCALE, 0);
            opencv_imgproc.threshold(
                    darkness.mat(), darkness.mat(), 0, 255, opencv_imgproc.THRESH_BINARY | opencv_imgproc.THRESH_OTSU);
            mats.check();
            return withoutSmallParts(darkness.pixels().toArray(ValueLayout.JAVA_BYTE), box.width());
        }
    }

    /// Clears connected parts (8 neighbours) of less than a quarter of the largest one's area.
    static byte[] withoutSmallParts(byte[] mask, int width) {
        int[] part = new int[mask.length];
        int[] queue = new int[mask.length];
        int[] areas = new int[mask.length / 2 + 2];
        int parts = 0;
        for (int at = 0; at < mask.length; at++) {
            if (mask[at] != 0 && part[at] == 0) {
                parts++;
                areas[parts] = flood(mask, width, at, parts, part, queue);
            }
        }
        int largest = Arrays.stream(areas).max().orElse(0);
        for (int at = 0; at < mask.length; at++) {
            if (areas[part[at]] * SMALL_PART < largest) {
                mask[at] = 0;
            }
        }
        return mask;
    }

    private static int flood(byte[] mask, int width, int start, int label, int[] part, int[] queue) {
        int height = mask.length / width;
        int count = 1;
        queue[0] = start;
        part[start] = label;
        for (int next = 0; next < count; next++) {
            int x = queue[next] % width;
            int y = queue[next] / width;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    int at = ny * width + nx;
                    if (mask[at] != 0 && part[at] == 0) {
                        part[at] = label;
                        queue[count++] = at;
                    }
                }
            }
        }
        return count;
    }
}
