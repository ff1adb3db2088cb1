// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.file.Path;
import java.util.Set;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.stream.Recording;
import org.fastpipeline.core.stream.Streamer;

/// The frames of a video file in order, decoded by FFmpeg.
///
/// Decoding is sequential and runs on a thread of its own, a few frames ahead; turning a decoded picture into an
/// image is done by all workers. Grey videos give grey images of 8 or 16 bits, all others 8-bit BGR; rows may be
/// padded. Each frame has [Metadata#INDEX], [Metadata#ORIGIN] (`file#index`), [Metadata#TIME] and [Metadata#COUNT]
/// where the file tells them, and [Timing#STARTED].
///
/// A frame is sought by its number, exactly, whatever the container knows: going forward decodes what lies
/// between, going back decodes from the beginning, so a seek costs as much as playing up to there as fast as
/// possible. With [#realTime] the video plays at its own speed.
///
/// A file that is not a video fails with an [InputException][org.fastpipeline.core.error.InputException]; so does
/// one that is truncated or damaged, after the frames before the damage. Only local files are opened, never what
/// they refer to.
public final class VideoStreamer extends Streamer<VideoStreamer.Decoded> {
    /// The decoded image.
    public final Out<Image> image = out("image", Image.class, "the decoded image");

    /// A video of larger frames is refused before it is decoded.
    public final Parameter<Integer> pixelLimit = integer(
            "pixelLimit",
            ImageFile.MOST_PIXELS,
            1,
            Integer.MAX_VALUE,
            "pixels",
            "a video of larger frames is refused before it is decoded");

    private final Path file;

    /// A decoded frame that is still in FFmpeg's memory; let go when it is loaded, or with its stream.
    public static final class Decoded {
        private final Picture picture;
        private final Set<Picture> open;

        Decoded(Picture picture, Set<Picture> open) {
            this.picture = picture;
            this.open = open;
            open.add(picture);
        }

        /// Decodes nothing any more: makes the image, and lets go of FFmpeg's memory.
        Image toImage(Allocator memory) {
            try {
                return picture.toImage(memory);
            } finally {
                close();
            }
        }

        void close() {
            picture.close();
            open.remove(picture);
        }
    }

    /// @param file a video file of the default file system
    public VideoStreamer(Path file) {
        this.file = file;
    }

    /// @param file a video file of the default file system
    public VideoStreamer(String file) {
        this(Path.of(file));
    }

    @Override
    public Recording<Decoded> recording(Step step) {
        return new VideoRecording(file, step.get(pixelLimit));
    }

    @Override
    public void load(Decoded frame, Step step) {
        step.tag(Timing.STARTED, System.nanoTime());
        step.put(image, frame.toImage(step.memory()));
    }
}
