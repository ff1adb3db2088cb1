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

/// The structural similarity of two float images, from local means, variances and covariance in a box window.
///
/// SSIM = (2 mx my + c1)(2 cxy + c2) / ((mx^2 + my^2 + c1)(vx + vy + c2)), with c1 = (0.01 L)^2 and c2 = (0.03
/// L)^2; L is the brightness of the picture here and not the range of its type, so that a dark picture is not
/// called alike throughout.
///
/// @param meanX local mean of the first image
/// @param meanY local mean of the second image
/// @param squareX local mean of the first image's square
/// @param squareY local mean of the second image's square
/// @param product local mean of the product
record Ssim(
        MemorySegment meanX,
        MemorySegment meanY,
        MemorySegment squareX,
        MemorySegment squareY,
        MemorySegment product,
        float c1,
        float c2) {
    private static final int BOX = 11;
    private static final double C1 = 0.01;
    private static final double C2 = 0.03;
    private static final float TO_BYTE = 255;

    static Ssim of(Mats mats, Mat x, Mat y, double level) {
        Mat product = mats.scratch(x.rows(), x.cols(), opencv_core.CV_32FC1).mat();
        MemorySegment meanX = blurred(mats, x);
        MemorySegment meanY = blurred(mats, y);
        opencv_core.multiply(x, x, product);
        MemorySegment squareX = blurred(mats, product);
        opencv_core.multiply(y, y, product);
        MemorySegment squareY = blurred(mats, product);
        opencv_core.multiply(x, y, product);
        MemorySegment xy = blurred(mats, product);
        return new Ssim(meanX, meanY, squareX, squareY, xy, (float) (C1 * level * (C1 * level)), (float)
                (C2 * level * (C2 * level)));
    }

    private static MemorySegment blurred(Mats mats, Mat image) {
        Plane result = mats.scratch(image.rows(), image.cols(), opencv_core.CV_32FC1);
        opencv_imgproc.blur(image, result.mat(), new Size(BOX, BOX));
        return result.pixels();
    }

    /// The similarity at a pixel, x 255, rounded and clipped to 0 to 255.
    int at(int pixel) {
        float mx = meanX.getAtIndex(ValueLayout.JAVA_FLOAT, pixel);
        float my = meanY.getAtIndex(ValueLayout.JAVA_FLOAT, pixel);
        float mxx = mx * mx;
        float myy = my * my;
        float mxy = mx * my;
        float vx = Math.max(squareX.getAtIndex(ValueLayout.JAVA_FLOAT, pixel) - mxx, 0);
        float vy = Math.max(squareY.getAtIndex(ValueLayout.JAVA_FLOAT, pixel) - myy, 0);
        float covariance = product.getAtIndex(ValueLayout.JAVA_FLOAT, pixel) - mxy;
        float similarity = ((2 * mxy + c1) * (2 * covariance + c2)) / ((mxx + myy + c1) * (vx + vy + c2));
        return (int) Math.clamp(Math.rint(similarity * TO_BYTE), 0, TO_BYTE);
    }
}
