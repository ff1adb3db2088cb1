// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.opencv;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;

/// Turns the kinds of images that cameras and files give into the one kind that most algorithms take.
public final class Colours {
    /// 65535 becomes 255.
    private static final double SIXTEEN_TO_EIGHT = 1.0 / 257;

    private Colours() {}

    /// An image as 8-bit BGR: a header over the image itself if it is that already, else over a converted copy.
    ///
    /// Grey is taken three times, opacity dropped, 16 bits are divided by 257 and rounded.
    ///
    /// @param mats the scope that the result is valid in
    /// @throws WrongUseException for other element types
    public static Mat bgr8(Mats mats, Image image) {
        Mat narrow = eightBit(mats, image);
        return switch (image.spec().channels()) {
            case BGR -> narrow;
            case XY -> throw colourless(image);
            case GREY -> converted(mats, narrow, opencv_imgproc.COLOR_GRAY2BGR);
            case RGB -> converted(mats, narrow, opencv_imgproc.COLOR_RGB2BGR);
            case RGBA -> converted(mats, narrow, opencv_imgproc.COLOR_RGBA2BGR);
        };
    }

    private static WrongUseException colourless(Image image) {
        return new WrongUseException(
                "OpenCV", "met " + image + "; needed grey or colour", "Make a picture of its components first");
    }

    private static Mat eightBit(Mats mats, Image image) {
        Mat pixels = mats.read(image);
        ElementType type = image.spec().type();
        if (type == ElementType.U8) {
            return pixels;
        }
        if (type != ElementType.U16) {
            throw new WrongUseException(
                    "OpenCV",
                    "met " + image + "; needed 8-bit or 16-bit samples",
                    "Convert the image before this node");
        }
        int channels = image.spec().channels().channels();
        Mat narrow = mats.scratch(image.height(), image.width(), opencv_core.CV_8UC(channels))
                .mat();
        pixels.convertTo(narrow, opencv_core.CV_8U, SIXTEEN_TO_EIGHT, 0);
        return narrow;
    }

    private static Mat converted(Mats mats, Mat pixels, int code) {
        Mat bgr =
                mats.scratch(pixels.rows(), pixels.cols(), opencv_core.CV_8UC3).mat();
        opencv_imgproc.cvtColor(pixels, bgr, code);
        return bgr;
    }
}
