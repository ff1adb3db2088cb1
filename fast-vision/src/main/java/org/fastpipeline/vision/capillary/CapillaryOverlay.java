// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.fastpipeline.core.data.Box;
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

/// The frame with a green box around each capillary and a black line along its contour, as 8-bit BGR.
public final class CapillaryOverlay extends Stateless {
    private static final int GREEN = 200;
    private static final int THINNEST = 2;
    /// Pixels of the frame's longest side for one pixel of a line's width.
    private static final float SIDE_PER_PIXEL = 960;

    /// The frame.
    public final In<Image> frame = in("frame", Image.class, "the frame");

    /// The capillaries.
    public final In<ScoredBoxes> capillaries = in("capillaries", ScoredBoxes.class, "the capillaries to draw");

    /// Where capillaries are, in the frame's size: not 0 inside.
    public final In<Image> mask =
            in("mask", Image.class, "where capillaries are, in the size of the frame: not 0 inside");

    /// The picture.
    public final Out<Image> overlay = out("overlay", Image.class, "the frame with boxes and contours, as 8-bit BGR");

    /// Width of a box's line; 0: 2, and more in frames whose longest side has 2400 pixels or more.
    public final Parameter<Integer> boxLine =
            integer("boxLine", 0, 0, 100, "pixels", "width of the line of a box; 0: as suits the frame's size");

    /// Width of a contour's line, which OpenCV's round joints make a pixel or two wider; 0: as with boxes.
    public final Parameter<Integer> contourLine =
            integer("contourLine", 0, 0, 100, "pixels", "width of the line of a contour; 0: as suits the frame's size");

    @Override
    public void execute(Step step) {
        Image source = step.get(frame);
        Image result = Image.allocate(
                ImageSpec.of(source.width(), source.height(), ChannelOrder.BGR, ElementType.U8), step.memory());
        try (Mats mats = new Mats(step.memory())) {
            Mat picture = mats.write(result);
            Colours.bgr8(mats, source).copyTo(picture);
            drawContours(mats.read(step.get(mask)), picture, width(step.get(contourLine), source));
            int line = width(step.get(boxLine), source);
            Scalar green = new Scalar(0, GREEN, 0, 0);
            for (ScoredBoxes.ScoredBox capillary : step.get(capillaries).boxes()) {
                Box box = capillary.box();
                Point first = new Point(box.x(), box.y());
                Point last = new Point(box.x() + box.width() - 1, box.y() + box.height() - 1);
                opencv_imgproc.rectangle(picture, first, last, green, line, opencv_imgproc.LINE_8, 0);
            }
            mats.check();
            step.put(overlay, result);
        }
    }

    private static int width(int wanted, Image frame) {
        int suited = Math.max(THINNEST, Math.round(Math.max(frame.width(), frame.height()) / SIDE_PER_PIXEL));
        return wanted > 0 ? wanted : suited;
    }

    private static void drawContours(Mat mask, Mat picture, int width) {
        MatVector contours = new MatVector();
        opencv_imgproc.findContours(mask, contours, opencv_imgproc.RETR_EXTERNAL, opencv_imgproc.CHAIN_APPROX_NONE);
        opencv_imgproc.drawContours(
                picture,
                contours,
                -1,
                new Scalar(0, 0, 0, 0),
                width,
                opencv_imgproc.LINE_8,
                new Mat(),
                Integer.MAX_VALUE,
                new Point(0, 0));
    }
}
