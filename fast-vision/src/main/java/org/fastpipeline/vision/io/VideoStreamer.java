// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;

/// The frames of a video file in order, decoded by FFmpeg.
///
/// Decoding is sequential and runs on a thread of its own, a few frames ahead; turning a decoded picture into an
/// image is done by all workers. Grey videos give grey images of 8 or 16 bits, all others 8-bit BGR; rows may be
/// padded. Each frame has [Metadata#INDEX], [Metadata#ORIGIN] (`file#index`), [Metadata#TIME] and [Metadata#COUNT]
/// where the file tells them, and [Timing#STARTED].
///
/// A file that is not a video fails with an [InputException][org.fastpipeline.core.error.InputException]; so does
/// one that is truncated or damaged, after the frames before the damage. Only local files are opened, never what
/// they refer to.
public final class VideoStreamer extends Source<VideoStreamer.Decoded> {
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

        private Decoded(Picture picture, Set<Picture> open) {
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

        private void close() {
            picture.close();
            open.remove(picture);
        }
    }

    /// Opens the video of a file.
    static Frames frames(Path file, int pixelLimit) {
        return new Frames(VideoFile.open(file, pixelLimit));
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
    public Cursor<Decoded> open(Step step) {
        return frames(file, step.get(pixelLimit));
    }

    @Override
    public void load(Decoded frame, Step step) {
        step.tag(Timing.STARTED, System.nanoTime());
        step.put(image, frame.toImage(step.memory()));
    }

    /// Walks over the video; holds what has been decoded and not yet loaded.
    static final class Frames implements Cursor<Decoded> {
        private final VideoFile video;
        private final Set<Picture> open = ConcurrentHashMap.newKeySet();
        private long index;

        Frames(VideoFile video) {
            this.video = video;
        }

        @Override
        public Next<Decoded> next() {
            Optional<Picture> decoded = video.next();
            if (decoded.isEmpty()) {
                return new Next.End<>();
            }
            Picture picture = decoded.get();
            Metadata metadata = Metadata.EMPTY.with(Metadata.INDEX, index++).with(Metadata.ORIGIN, picture.source());
            metadata = with(metadata, Metadata.COUNT, video.count());
            metadata = with(metadata, Metadata.TIME, picture.time());
            return new Next.Item<>(new Decoded(picture, open), metadata);
        }

        private static <T> Metadata with(Metadata metadata, Key<T> key, Optional<T> value) {
            return value.isPresent() ? metadata.with(key, value.get()) : metadata;
        }

        /// Whether some of its frames are still to be loaded, so that it must stay open.
        boolean hasOpenFrames() {
            return !open.isEmpty();
        }

        @Override
        public void close() {
            open.forEach(Picture::close);
            open.clear();
            video.close();
        }
    }
}
