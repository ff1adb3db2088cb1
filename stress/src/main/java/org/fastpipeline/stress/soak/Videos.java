// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.vision.io.VideoStreamer;

/// A video file is written, read by FFmpeg, in a loop too, and sometimes left before its end.
final class Videos implements Workload {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int GREY_STEP = 10;
    private static final int RATE = 25;

    /// What motion JPEG may change of a plain grey.
    private static final int TOLERANCE = 2;

    @Override
    public long run(Trial trial) throws IOException {
        Path file = trial.folder().resolve("clip.avi");
        int count = trial.between(5, 20);
        write(file, count);
        VideoStreamer video = new VideoStreamer(file);
        boolean loops = trial.oneIn(3);
        video.loop.set(loops);
        long until = loops || trial.oneIn(2) ? trial.between(1, count * (loops ? 2 : 1)) : count + 1L;
        long place = 0;
        try (Run run = Pipeline.to(video.image).start(trial.options())) {
            for (Frame frame : run) {
                check(frame.get(video.image), place++ % count);
                if (place == until) {
                    break;
                }
            }
        }
        WrongResultException.unlessEqual("pictures of a video", place, loops ? until : Math.min(until, count));
        Files.delete(file);
        return place;
    }

    private static void write(Path file, int count) {
        try (PointerScope _ = new PointerScope();
                VideoWriter writer = new VideoWriter(
                        file.toString(),
                        VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G'),
                        RATE,
                        new Size(WIDTH, HEIGHT))) {
            Mat picture = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3);
            for (int place = 0; place < count; place++) {
                picture.put(Scalar.all(grey(place)));
                writer.write(picture);
            }
            writer.release();
        }
    }

    private static int grey(long place) {
        return Math.toIntExact(GREY_STEP * (place + 1));
    }

    private static void check(Image image, long place) {
        WrongResultException.unlessEqual("width of a video", image.width(), WIDTH);
        int green = image.pixels().get(ValueLayout.JAVA_BYTE, image.spec().offset(WIDTH / 2, HEIGHT / 2, 0) + 1) & 0xFF;
        WrongResultException.unless(
                Math.abs(green - grey(place)) <= TOLERANCE,
                "picture " + place + " of a video: met grey " + green + "; needed " + grey(place));
    }
}
