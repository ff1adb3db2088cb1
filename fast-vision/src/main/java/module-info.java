// SPDX-License-Identifier: Apache-2.0

/** Image and video input and output, background models, regions of interest and contours, on OpenCV and FFmpeg. */
@org.jspecify.annotations.NullMarked
module org.fastpipeline.vision {
    requires transitive org.fastpipeline.core;
    requires org.bytedeco.ffmpeg;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.opencv;
    requires static org.jspecify;
}
