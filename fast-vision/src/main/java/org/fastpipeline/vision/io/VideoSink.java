// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
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
import org.jspecify.annotations.Nullable;

/// Writes images as the frames of a video file, in frame order: H.264 in an MP4 container, which is small and which
/// browsers play; or motion JPEG in an AVI container, of which every frame stands for itself.
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
    public final Parameter<Integer> quality =
            integer("quality", 98, 1, 100, "percent", "quality of each frame: of its JPEG, or by the bits it gets");

    private static final String MP4 = ".mp4";
    private static final String AVI = ".avi";

    private final Path file;

    /// An open video: the hidden file that is written to.
    public static final class Film {
        private final Path part;
        private @Nullable FilmWriter writer;
        private int width;
        private int height;

        private Film(Path part) {
            this.part = part;
        }
    }

    /// @param file its name ends in `.mp4` or `.avi`; replaced where it exists
    public VideoSink(Path file) {
        this.file = file;
    }

    @Override
    public Film open() {
        if (!isName(file)) {
            throw new WrongUseException(
                    name(), "met the file '" + file + "'; needed one that ends in .mp4 or .avi", "Choose another name");
        }
        OpenCv.prepare();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException failure) {
            throw FileFault.unwritable(file, failure);
        }
        return new Film(file.resolveSibling(
                "." + file.getFileName() + "." + UUID.randomUUID() + ".part" + (isMp4() ? MP4 : AVI)));
    }

    /// Whether a file of that name can be written.
    public static boolean isName(Path file) {
        return ends(file, MP4) || ends(file, AVI);
    }

    private static boolean ends(Path file, String extension) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
    }

    private boolean isMp4() {
        return ends(file, MP4);
    }

    @Override
    public void execute(Film film, Step step) throws IOException {
        Image frame = step.get(image);
        // Before the scope of the step's Mats, which would end it.
        FilmWriter writer = film.writer == null ? begin(film, frame, step) : film.writer;
        if (frame.width() != film.width || frame.height() != film.height) {
            throw new WrongUseException(
                    name() + ".image",
                    "met " + frame + "; needed " + film.width + " x " + film.height + " as the first frame had",
                    "Resize the frames, or write each size to a file of its own");
        }
        try (Mats mats = new Mats(step.memory())) {
            writer.write(Colours.bgr8(mats, frame));
        }
    }

    private FilmWriter begin(Film film, Image first, Step step) {
        film.width = first.width();
        film.height = first.height();
        double perSecond = step.get(rate);
        int percent = step.get(quality);
        try {
            FilmWriter writer = isMp4()
                    ? new H264Writer(film.part, film.width, film.height, perSecond, percent)
                    : new MotionJpegWriter(film.part, film.width, film.height, perSecond, percent);
            film.writer = writer;
            return writer;
        } catch (IOException failure) {
            throw FileFault.unwritable(file, failure);
        }
    }

    @Override
    public void close(Film film, Completion completion) {
        try {
            if (film.writer != null) {
                film.writer.end();
                if (completion instanceof Completion.Completed) {
                    Files.move(film.part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException failure) {
            throw FileFault.unwritable(file, failure);
        } finally {
            delete(film.part);
        }
    }

    private void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException failure) {
            throw FileFault.unwritable(file, failure);
        }
    }
}
