// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_video.BackgroundSubtractorMOG2;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.opencv.Colours;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.OpenCv;

/// The background of a video, learnt over all frames seen so far: one adaptive mixture of Gaussians per pixel
/// (MOG2, Zivkovic 2004).
///
/// For streams whose frames belong together; for single pictures take [StillBackground]. The first frame is its own
/// background, so nothing stands out in it; what never moves becomes background too. A change of frame size begins
/// anew.
///
/// Takes frames of 8 or 16 bits of any channel order; gives 8-bit BGR in the size that [SsimRoiGenerator] works at.
/// Frames are seen in order; the model's native memory goes back with the stream.
public final class Mog2Background extends Stateful<Mog2Background.Learnt> {
    /// The frame.
    public final In<Image> frame = in("frame", Image.class, "the frame");

    /// The background after this frame.
    public final Out<Image> background =
            out("background", Image.class, "the background after this frame, as 8-bit BGR");

    /// How many frames the model looks back.
    public final Parameter<Integer> history =
            integer("history", 500, 1, 100_000, "frames", "how many frames the model looks back");

    /// Squared distance, in variances, from which on a pixel does not belong to its background.
    public final Parameter<Double> varianceThreshold = number(
            "varianceThreshold",
            16,
            0.1,
            1000,
            "",
            "squared distance, in variances, at which a pixel leaves its background");

    /// Weight of a new frame.
    public final Parameter<Double> learningRate =
            number("learningRate", -1, -1, 1, "", "weight of a new frame; below 0 it follows from the history");

    /// What was learnt of one stream, in OpenCV's memory.
    public static final class Learnt {
        private final BackgroundSubtractorMOG2 model;

        private Learnt(BackgroundSubtractorMOG2 model) {
            this.model = model;
        }
    }

    @Override
    public Learnt open() {
        OpenCv.prepare();
        return new Learnt(opencv_video.createBackgroundSubtractorMOG2(
                history.declaration().initial(), 16, false));
    }

    @Override
    public void execute(Learnt learnt, Step step) {
        Image source = step.get(frame);
        WorkSize size = WorkSize.of(source);
        ImageSpec spec = ImageSpec.of(size.width(), size.height(), ChannelOrder.BGR, ElementType.U8);
        Image result = Image.allocate(spec, step.memory());
        learnt.model.setHistory(step.get(history));
        learnt.model.setVarThreshold(step.get(varianceThreshold));
        try (Mats mats = new Mats(step.memory())) {
            Mat work = mats.scratch(size.height(), size.width(), opencv_core.CV_8UC3)
                    .mat();
            opencv_imgproc.resize(
                    Colours.bgr8(mats, source),
                    work,
                    new Size(size.width(), size.height()),
                    0,
                    0,
                    opencv_imgproc.INTER_AREA);
            learnt.model.apply(work, new Mat(), step.get(learningRate));
            learnt.model.getBackgroundImage(mats.write(result));
            mats.check();
            step.put(background, result);
        }
    }

    @Override
    public void close(Learnt learnt) {
        learnt.model.close();
    }
}
