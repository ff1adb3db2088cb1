// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.Plane;

/// The vessel inside one box: where green light is absorbed by more than half as much as in the vessel's middle.
///
/// Absorbance is 900 ln(259 / (green + 4)). A first guess is Otsu's threshold (Otsu 1979) on how much it rises
/// above its surroundings; [LocalThreshold] then follows vessel and tissue from place to place, on an image of the
/// work size, and the vessel is what passes its threshold in the frame's own size, less small parts. The box is
/// looked at with a margin, so that its edge has surroundings too.
final class Contour {
    private static final int MARGIN = 10;
    private static final int HALF = 15;
    private static final double SMOOTH = 0.75;
    private static final double ABSORBANCE = 900; // all of it is below LocalThreshold's limit
    private static final double OFFSET = 4;
    private static final double GUESS_SCALE = 4.0 / 9;
    private static final int ROUNDS = 3;
    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;
    private static final int GREEN = 1;

    private final MemorySegment frame;
    private final long stride;
    private final float[] absorbances;
    private final WorkSize size;
    private final Allocator memory;

    /// @param frame pixels of 8-bit BGR, which stay there while this is used
    /// @param stride bytes from one row to the next
    Contour(MemorySegment frame, long stride, WorkSize size, Allocator memory) {
        this.frame = frame;
        this.stride = stride;
        this.size = size;
        this.memory = memory;
        this.absorbances = new float[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            absorbances[level] = (float) (ABSORBANCE * Math.log((LEVELS - 1 + OFFSET) / (level + OFFSET)));
        }
    }

    /// The pixels of the box, row by row: not 0 where the vessel is.
    byte[] vessel(Box box) {
        int margin = size.inFrame(MARGIN);
        int x0 = Math.max(0, box.x() - margin);
        int y0 = Math.max(0, box.y() - margin);
        int width = Math.min(size.frameWidth(), box.x() + box.width() + margin) - x0;
        int height = Math.min(size.frameHeight(), box.y() + box.height() + margin) - y0;
        Box within = new Box(box.x() - x0, box.y() - y0, box.width(), box.height());
        try (Mats mats = new Mats(memory)) {
            Mat absorbance = absorbance(mats, new Box(x0, y0, width, height));
            int workWidth = work(width);
            int workHeight = work(height);
            Plane work = mats.scratch(workHeight, workWidth, opencv_core.CV_32FC1);
            opencv_imgproc.resize(
                    absorbance, work.mat(), new Size(workWidth, workHeight), 0, 0, opencv_imgproc.INTER_AREA);
            LocalThreshold local = new LocalThreshold(work.pixels().toArray(ValueLayout.JAVA_FLOAT), workWidth);
            guess(mats, work.mat(), inWork(within, width, height, workWidth, workHeight), local);
            for (int round = 1; round < ROUNDS; round++) {
                local.refine();
            }
            MemorySegment.copy(local.threshold(), 0, work.pixels(), ValueLayout.JAVA_FLOAT, 0, workWidth * workHeight);
            Mat threshold = mats.scratch(height, width, opencv_core.CV_32FC1).mat();
            opencv_imgproc.resize(work.mat(), threshold, new Size(width, height), 0, 0, opencv_imgproc.INTER_LINEAR);
            Plane inside = mats.scratch(box.height(), box.width(), opencv_core.CV_8UC1);
            opencv_core.compare(
                    mats.part(absorbance, within), mats.part(threshold, within), inside.mat(), opencv_core.CMP_GE);
            mats.check();
            return Parts.withoutSmall(inside.pixels().toArray(ValueLayout.JAVA_BYTE), box.width());
        }
    }

    private int work(int length) {
        return Math.max(1, (int) ((double) length * size.width() / size.frameWidth() + 0.5));
    }

    private static Bounds inWork(Box box, int width, int height, int workWidth, int workHeight) {
        return new Bounds(
                box.x() * workWidth / width,
                box.y() * workHeight / height,
                Math.ceilDiv((box.x() + box.width()) * workWidth, width),
                Math.ceilDiv((box.y() + box.height()) * workHeight, height));
    }

    private Mat absorbance(Mats mats, Box window) {
        Plane raw = mats.scratch(window.height(), window.width(), opencv_core.CV_32FC1);
        byte[] pixels = new byte[CHANNELS * window.width()];
        float[] row = new float[window.width()];
        for (int y = 0; y < window.height(); y++) {
            long start = (window.y() + y) * stride + (long) CHANNELS * window.x();
            MemorySegment.copy(frame, ValueLayout.JAVA_BYTE, start, pixels, 0, pixels.length);
            for (int x = 0; x < row.length; x++) {
                row[x] = absorbances[pixels[CHANNELS * x + GREEN] & 0xFF];
            }
            long to = (long) y * window.width() * Float.BYTES;
            MemorySegment.copy(row, 0, raw.pixels(), ValueLayout.JAVA_FLOAT, to, row.length);
        }
        Mat smooth = mats.scratch(window.height(), window.width(), opencv_core.CV_32FC1)
                .mat();
        double sigma = SMOOTH * size.frameWidth() / size.width();
        int side = 2 * (int) (2 * sigma + 0.5) + 1;
        opencv_imgproc.GaussianBlur(raw.mat(), smooth, new Size(side, side), sigma);
        return smooth;
    }

    /// Otsu's threshold inside the box, on absorbance above its mean in a wide window.
    private static void guess(Mats mats, Mat work, Bounds box, LocalThreshold local) {
        Mat rise = mats.scratch(work.rows(), work.cols(), opencv_core.CV_32FC1).mat();
        opencv_imgproc.blur(work, rise, new Size(2 * HALF + 1, 2 * HALF + 1));
        opencv_core.subtract(work, rise, rise);
        Plane levels = mats.scratch(box.height(), box.width(), opencv_core.CV_8UC1);
        mats.part(rise, new Box(box.x0(), box.y0(), box.width(), box.height()))
                .convertTo(levels.mat(), opencv_core.CV_8U, GUESS_SCALE, 0);
        opencv_imgproc.threshold(
                levels.mat(), levels.mat(), 0, 1, opencv_imgproc.THRESH_BINARY | opencv_imgproc.THRESH_OTSU);
        local.begin(levels.pixels().toArray(ValueLayout.JAVA_BYTE), box);
    }
}
