// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_videoio;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;

/// Writes motion JPEG in an AVI container, which every player reads, and of which every picture stands for itself; by
/// OpenCV.
final class MotionJpegWriter implements FilmWriter {
    private final VideoWriter writer;

    /// @param quality of each picture's JPEG, in per cent
    MotionJpegWriter(Path file, int width, int height, double rate, int quality) throws IOException {
        this.writer = new VideoWriter();
        try (PointerScope _ = new PointerScope()) {
            int motionJpeg = VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G');
            if (!writer.open(file.toString(), motionJpeg, rate, new Size(width, height), true)) {
                writer.close();
                throw new IOException("OpenCV cannot begin " + file);
            }
            writer.set(opencv_videoio.VIDEOWRITER_PROP_QUALITY, quality);
        }
    }

    @Override
    public void write(Mat picture) {
        writer.write(picture);
    }

    @Override
    public void end() {
        writer.release();
        writer.close();
    }
}
