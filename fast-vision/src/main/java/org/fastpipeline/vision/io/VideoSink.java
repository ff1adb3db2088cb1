// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_videoio;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.opencv.Colours;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.OpenCv;

/// Writes images as the frames of a video file, in frame order: motion JPEG in an AVI container, which every player
/// reads, and of which every frame stands for itself.
///
/// Takes 8-bit and 16-bit images of any channel order, all of the first one's size. The file appears when the run
/// completed, and only then; a run without frames writes none. Cannot-write is an
/// [OutputException][org.fastpipeline.core.error.OutputException] and stops the run.
public final class VideoSink extends Sink<VideoSink.Film> {
    /// The frame.
    public final In<Image> image = in("image", Image.class, "the frame");

    /// Frames in a second.
    public final Parameter<Double> rate = number("rate", 25, 0.01, 1000, "frames/s", "how fast it is to be played");

    /// Quality of the frames.
    public final Parameter<Integer> quality = integer("quality", 98, 1, 100, "percent", "quality of each frame's JPEG");

    private final Path file;

    /// An open video: the hidden file that is written to.
    public static final class Film {
        private final Path part;

        /// Made outside of the scope of any step, which would end it.
        private final VideoWriter writer = new VideoWriter();

        private int width;
        private int height;

        private Film(Path part) {
            this.part = part;
        }

        /// Its file is whole after that.
        private void end() {
            writer.release();
            writer.close();
        }
    }

    /// @param file its name ends in `.avi`; replaced where it exists
    public VideoSink(Path file) {
        this.file = file;
    }

    @Override
    public Film open() {
        if (!file.toString().endsWith(".avi")) {
            throw new WrongUseException(
                    name(), "met the file '" + file + "'; needed one that ends in .avi", "Choose another name");
        }
        OpenCv.prepare();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException failure) {
            throw FileFault.unwritable(file, failure);
        }
        return new Film(file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part.avi"));
    }

    @Override
    public void execute(Film film, Step step) {
        Image frame = step.get(image);
        try (Mats mats = new Mats(step.memory())) {
            if (film.width == 0) {
                begin(film, frame, step);
            }
            if (frame.width() != film.width || frame.height() != film.height) {
                throw new WrongUseException(
                        name() + ".image",
                        "met " + frame + "; needed " + film.width + " x " + film.height + " as the first frame had",
                        "Resize the frames, or write each size to a file of its own");
            }
            film.writer.write(Colours.bgr8(mats, frame));
        }
    }

    private void begin(Film film, Image first, Step step) {
        film.width = first.width();
        film.height = first.height();
        try (PointerScope _ = new PointerScope()) {
            int motionJpeg = VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G');
            boolean begun = film.writer.open(
                    film.part.toString(), motionJpeg, step.get(rate), new Size(first.width(), first.height()), true);
            if (!begun) {
                throw FileFault.unwritable(file, new IOException("OpenCV cannot begin " + film.part));
            }
            film.writer.set(opencv_videoio.VIDEOWRITER_PROP_QUALITY, step.get(quality));
        }
    }

    @Override
    public void close(Film film, Completion completion) {
        try {
            boolean begun = film.width > 0;
            film.end();
            if (begun && completion instanceof Completion.Completed) {
                Files.move(film.part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(film.part);
        } catch (IOException failure) {
            throw FileFault.unwritable(file, failure);
        }
    }
}
