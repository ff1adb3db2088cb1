// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.opencv.Colours;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.Plane;

/// The illumination of tissue, estimated from one frame alone: what the frame would look like without vessels.
///
/// A mean over a wide window in which dark content (vessels, hair, dirt) hardly counts. With `box` a box filter
/// applied twice, and w = 1 where green > `dark` x box(green), else 0.02: background = box(frame x w) / box(w),
/// channel by channel.
///
/// Takes frames of 8 or 16 bits of any channel order; gives a 32-bit float BGR image in the frame's range of 0 to
/// 255, at a quarter of the size that [SsimRoiGenerator] works at (240 x 135 for 1920 x 1080), which is all the
/// detail it has.
public final class StillBackground extends Stateless {
    private static final int STEP = 4;
    private static final float DARK_WEIGHT = 0.02f;

    /// The frame.
    public final In<Image> frame = in("frame", Image.class, "the frame");

    /// The illumination field.
    public final Out<Image> background = out("background", Image.class, "the illumination field, as 32-bit float BGR");

    /// Side of the window, in pixels of the background.
    public final Parameter<Integer> window =
            integer("window", 17, 3, 255, "pixels", "side of the averaging window, in pixels of the background");

    /// What is darker than this share of its surroundings hardly counts.
    public final Parameter<Double> dark =
            number("dark", 0.97, 0, 1, "", "what is darker than this share of its surroundings hardly counts");

    @Override
    public void execute(Step step) {
        Image source = step.get(frame);
        WorkSize work = WorkSize.of(source);
        int width = (work.width() + STEP - 1) / STEP;
        int height = (work.height() + STEP - 1) / STEP;
        Image result = Image.allocate(ImageSpec.of(width, height, ChannelOrder.BGR, ElementType.F32), step.memory());
        try (Mats mats = new Mats(step.memory())) {
            Plane small = mats.scratch(height, width, opencv_core.CV_32FC3);
            Mat narrow = mats.scratch(height, width, opencv_core.CV_8UC3).mat();
            opencv_imgproc.resize(
                    Colours.bgr8(mats, source), narrow, new Size(width, height), 0, 0, opencv_imgproc.INTER_AREA);
            narrow.convertTo(small.mat(), opencv_core.CV_32F);

            Size box = new Size(step.get(window), step.get(window));
            Plane weight = mats.scratch(height, width, opencv_core.CV_32FC1);
            Plane local = mats.scratch(height, width, opencv_core.CV_32FC1);
            opencv_core.extractChannel(small.mat(), weight.mat(), 1);
            twice(weight.mat(), local.mat(), box);
            weigh(small.pixels(), weight.pixels(), local.pixels(), (float) (double) step.get(dark));
            twice(small.mat(), mats.write(result), box);
            twice(weight.mat(), local.mat(), box);
            divide(result.writablePixels(), local.pixels());
            mats.check();
            step.put(background, result);
        }
    }

    private static void twice(Mat from, Mat to, Size box) {
        Mat once = new Mat();
        opencv_imgproc.blur(from, once, box);
        opencv_imgproc.blur(once, to, box);
    }

    /// Replaces green by its weight, and multiplies all channels with it. On arrays, which loops are fastest on.
    private static void weigh(MemorySegment pixels, MemorySegment green, MemorySegment local, float share) {
        float[] values = pixels.toArray(ValueLayout.JAVA_FLOAT);
        float[] weights = green.toArray(ValueLayout.JAVA_FLOAT);
        float[] means = local.toArray(ValueLayout.JAVA_FLOAT);
        for (int i = 0; i < weights.length; i++) {
            boolean dark = weights[i] <= share * means[i];
            weights[i] = dark ? DARK_WEIGHT : 1;
            if (dark) {
                for (int c = 3 * i; c < 3 * i + 3; c++) {
                    values[c] *= DARK_WEIGHT;
                }
            }
        }
        pixels.copyFrom(MemorySegment.ofArray(values));
        green.copyFrom(MemorySegment.ofArray(weights));
    }

    private static void divide(MemorySegment sums, MemorySegment weights) {
        float[] values = sums.toArray(ValueLayout.JAVA_FLOAT);
        float[] divisors = weights.toArray(ValueLayout.JAVA_FLOAT);
        for (int i = 0; i < divisors.length; i++) {
            for (int c = 3 * i; c < 3 * i + 3; c++) {
                values[c] /= divisors[i];
            }
        }
        sums.copyFrom(MemorySegment.ofArray(values));
    }
}
