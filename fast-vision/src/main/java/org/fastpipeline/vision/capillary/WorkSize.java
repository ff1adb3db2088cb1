// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import org.fastpipeline.core.data.Image;

/// The size that a frame is worked on at: its longest side is at most 960, a smaller frame keeps its own size.
///
/// The job's lengths are pixels of the work image, so that they follow the frame's size.
///
/// @param frameWidth columns of the frame
/// @param frameHeight rows of the frame
/// @param width columns of the work image
/// @param height rows of the work image
record WorkSize(int frameWidth, int frameHeight, int width, int height) {
    private static final double LONGEST_SIDE = 960;

    static WorkSize of(Image frame) {
        int longest = Math.max(frame.width(), frame.height());
        double scale = Math.min(1, LONGEST_SIDE / longest);
        return new WorkSize(frame.width(), frame.height(), scaled(frame.width(), scale), scaled(frame.height(), scale));
    }

    private static int scaled(int side, double scale) {
        return Math.max(1, (int) (side * scale + 0.5));
    }

    /// A length of the work image in pixels of the frame, rounded down.
    int inFrame(int length) {
        return Math.toIntExact((long) length * frameWidth / width);
    }

    int pixels() {
        return width * height;
    }
}
