// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.Plane;

/// What a frame shows against its background, in the work size: absorption by blood, and likeness of structure.
///
/// Absorption is the darkening of green, less that of red (dirt and hair darken both), less its own mean over a
/// wide window (which rejects broad plexus), x 1000, as 8 bits. Likeness is [Ssim]. Valid while the [Mats] that it was
/// made with is open.
final class Maps {
    /// How many absorptions there are.
    static final int LEVELS = 256;

    private static final int GREEN = 1;
    private static final int RED = 2;
    private static final double OFFSET = 4;
    private static final double RED_SHARE = 0.8;
    private static final double GREY_DIFFERENCE = 0.5;
    private static final double SMOOTH = 1.5;
    private static final int SMOOTH_BOX = 9;
    private static final int LOCAL_BOX = 61;
    private static final double SCALE = 1000;
    private static final double DARKEST_LEVEL = 8;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS_FULL = 0x7F;

    private final MemorySegment absorption;
    private final Ssim likeness;

    private Maps(MemorySegment absorption, Ssim likeness) {
        this.absorption = absorption;
        this.likeness = likeness;
    }

    /// @param frame 8-bit BGR
    /// @param background BGR of any size, 8-bit or 32-bit float
    static Maps of(Mats mats, WorkSize size, Mat frame, Mat background) {
        Mat work =
                mats.scratch(size.height(), size.width(), opencv_core.CV_8UC3).mat();
        opencv_imgproc.resize(frame, work, new Size(size.width(), size.height()), 0, 0, opencv_imgproc.INTER_AREA);
        Mat green8 = channel(mats, work, GREEN);
        Mat red8 = channel(mats, work, RED);
        Plane backGreen = inWorkSize(mats, channel(mats, background, GREEN), size);
        Plane backRed = inWorkSize(mats, channel(mats, background, RED), size);

        Plane green = mats.scratch(size.height(), size.width(), opencv_core.CV_32FC1);
        green8.convertTo(green.mat(), opencv_core.CV_32F);
        double level = Math.max(DARKEST_LEVEL, opencv_core.mean(backGreen.mat()).get(0));
        Ssim likeness = new Ssim(green, backGreen, level);

        Mat change = ratio(mats, green8, backGreen.mat());
        boolean grey = difference(mats, green8, red8) < GREY_DIFFERENCE;
        Mat redRatio = ratio(mats, red8, backRed.mat());
        redRatio.convertTo(redRatio, opencv_core.CV_32F, grey ? 0 : RED_SHARE, 0);
        opencv_core.subtract(redRatio, change, change);
        return new Maps(absorption(mats, change, redRatio), likeness);
    }

    private static Mat channel(Mats mats, Mat image, int index) {
        Mat channel = mats.scratch(image.rows(), image.cols(), image.depth()).mat();
        opencv_core.extractChannel(image, channel, index);
        return channel;
    }

    /// A channel of the background, resized in its own type and then made float.
    private static Plane inWorkSize(Mats mats, Mat channel, WorkSize size) {
        Plane resized = mats.scratch(size.height(), size.width(), channel.type());
        opencv_imgproc.resize(
                channel, resized.mat(), new Size(size.width(), size.height()), 0, 0, opencv_imgproc.INTER_LINEAR);
        if (resized.mat().depth() == opencv_core.CV_32F) {
            return resized;
        }
        Plane real = mats.scratch(size.height(), size.width(), opencv_core.CV_32FC1);
        resized.mat().convertTo(real.mat(), opencv_core.CV_32F);
        return real;
    }

    /// (channel + 4) / (background + 4): the offset keeps noise in the dark from being amplified.
    private static Mat ratio(Mats mats, Mat channel, Mat background) {
        Mat above = mats.scratch(channel.rows(), channel.cols(), opencv_core.CV_32FC1)
                .mat();
        channel.convertTo(above, opencv_core.CV_32F, 1, OFFSET);
        Mat below = mats.scratch(channel.rows(), channel.cols(), opencv_core.CV_32FC1)
                .mat();
        background.convertTo(below, opencv_core.CV_32F, 1, OFFSET);
        opencv_core.divide(above, below, above);
        return above;
    }

    /// Mean difference of green and red; next to none in a grey picture, which has no colour to tell blood by.
    private static double difference(Mats mats, Mat green, Mat red) {
        Mat difference =
                mats.scratch(green.rows(), green.cols(), opencv_core.CV_8UC1).mat();
        opencv_core.absdiff(green, red, difference);
        return opencv_core.mean(difference).get(0);
    }

    private static MemorySegment absorption(Mats mats, Mat change, Mat spare) {
        opencv_imgproc.GaussianBlur(change, spare, new Size(SMOOTH_BOX, SMOOTH_BOX), SMOOTH);
        opencv_imgproc.blur(spare, change, new Size(LOCAL_BOX, LOCAL_BOX));
        opencv_core.subtract(spare, change, change);
        Plane result = mats.scratch(change.rows(), change.cols(), opencv_core.CV_8UC1);
        change.convertTo(result.mat(), opencv_core.CV_8U, SCALE, 0);
        return result.pixels();
    }

    /// How many pixels have each absorption above `least`; of the others some are counted as 0.
    int[] histogram(int least) {
        // Four tables in turn: neighbours are mostly equal, and one counter would wait for itself.
        int[] turns = new int[4 * LEVELS];
        long pixels = absorption.byteSize();
        long whole = pixels - pixels % Long.BYTES;
        long lift = lift(least);
        for (long at = 0; at < whole; at += Long.BYTES) {
            long eight = absorption.get(ValueLayout.JAVA_LONG, at);
            if (isLow(eight, lift)) {
                turns[0] += Long.BYTES;
                continue;
            }
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                turns[(shift / Byte.SIZE & 3) * LEVELS + ((int) (eight >>> shift) & 0xFF)]++;
            }
        }
        for (long at = whole; at < pixels; at++) {
            turns[u8(absorption, at)]++;
        }
        int[] counts = new int[LEVELS];
        for (int i = 0; i < turns.length; i++) {
            counts[i % LEVELS] += turns[i];
        }
        return counts;
    }

    /// A copy of the absorption of all pixels, row by row.
    byte[] absorptions() {
        return absorption.toArray(ValueLayout.JAVA_BYTE);
    }

    /// The first pixel from `from` on whose absorption may be above `level`, or the number of pixels; looks at
    /// eight at once.
    int nextAbove(int level, int from) {
        int pixels = (int) absorption.byteSize();
        long lift = lift(level);
        int at = from;
        while (at < pixels && absorption(at) <= level) {
            at++;
            while (at % Long.BYTES == 0
                    && at + Long.BYTES <= pixels
                    && isLow(absorption.get(ValueLayout.JAVA_LONG, at), lift)) {
                at += Long.BYTES;
            }
        }
        return at;
    }

    private static long lift(int level) {
        return (LOW_BITS_FULL - Math.min(level, LOW_BITS_FULL)) * ONES;
    }

    /// Whether none of eight bytes passes the level: added to its lower bits the lift would carry into the top bit.
    private static boolean isLow(long eight, long lift) {
        return ((((eight & ~TOP_BITS) + lift) | eight) & TOP_BITS) == 0;
    }

    /// Absorption at a pixel of the work image, 0 to 255.
    int absorption(int at) {
        return u8(absorption, at);
    }

    /// Likeness to the background at a pixel of the work image, 0 to 255.
    int likeness(int column, int row) {
        return likeness.at(column, row);
    }

    private static int u8(MemorySegment pixels, long at) {
        return pixels.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }
}
