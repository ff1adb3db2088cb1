// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// A stream of image files and videos, one after another, in the order given: for command lines.
///
/// Inputs are those of [ImageFileStreamer], and videos, of which a pattern may match some too; of a folder only the
/// images are read, and [#leftOut] says what is not. Frames come as there and as from [VideoStreamer].
/// [Metadata#INDEX] runs over all inputs; [Metadata#COUNT] is there if there is no video among them. A video that
/// cannot be read fails one frame, where it would be or breaks off; the next input follows.
public final class MediaStreamer extends Source<MediaStreamer.Item> {
    /// The decoded image.
    public final Out<Image> image = out("image", Image.class, "the decoded image");

    /// An image or a video of more pixels is refused before it is decoded.
    public final Parameter<Integer> pixelLimit = integer(
            "pixelLimit",
            ImageFile.MOST_PIXELS,
            1,
            Integer.MAX_VALUE,
            "pixels",
            "an image or a video of more pixels is refused before it is decoded");

    private final Inputs inputs;

    /// What becomes one frame.
    public sealed interface Item {}

    private record File(Path path) implements Item {}

    private record Shot(VideoStreamer.Decoded decoded) implements Item {}

    private record Damage(InputException cause) implements Item {}

    /// @param inputs image files, folders, patterns and video files of the default file system
    public MediaStreamer(String... inputs) {
        this.inputs = Inputs.of(FileSystems.getDefault(), inputs);
    }

    /// The images and videos that there will be frames of, in their order.
    ///
    /// @throws InputException if an input is not there, a folder has no image or a pattern no match
    public ImmutableList<Path> files() {
        return ImmutableList.copyOf(inputs.resolve());
    }

    /// How many frames there will be; nothing if only reading the videos would tell.
    ///
    /// @throws InputException if an input is not there, a folder has no image or a pattern no match
    public OptionalLong count() {
        return count(inputs.resolve());
    }

    /// What is passed over in those inputs that are folders, of which only the images are read: a sentence
    /// without a full stop for each such folder, as in `gv: 1 video (a.avi) and 1 folder (old) are left out`.
    ///
    /// Lists the folders and opens no file; hidden files and folders are not counted. Inputs that are not there are
    /// not complained of: [#count] and a run do that.
    ///
    /// @throws InputException if a folder cannot be listed
    public ImmutableList<String> leftOut() {
        return inputs.leftOut();
    }

    private static OptionalLong count(List<Path> files) {
        return files.stream().anyMatch(MediaStreamer::isVideo) ? OptionalLong.empty() : OptionalLong.of(files.size());
    }

    private static boolean isVideo(Path file) {
        return !Inputs.hasImageName(file) && MediaKind.of(file.toString()) == MediaKind.VIDEO;
    }

    @Override
    public Cursor<Item> open(Step step) {
        return new Walk(ImmutableList.copyOf(inputs.resolve()), step.get(pixelLimit));
    }

    @Override
    public void load(Item item, Step step) {
        step.tag(Timing.STARTED, System.nanoTime());
        switch (item) {
            case File(Path path) -> step.put(image, new ImageFile(path, step.memory()).read(step.get(pixelLimit)));
            case Shot(VideoStreamer.Decoded decoded) -> step.put(image, decoded.toImage(step.memory()));
            case Damage(InputException cause) -> throw cause;
        }
    }

    /// Walks over the files, and over the frames of those that are videos.
    private static final class Walk implements Cursor<Item> {
        private final Iterator<Path> files;
        private final OptionalLong count;
        private final SourceNames names;
        private final int pixelLimit;
        private final List<VideoRecording> ended = new ArrayList<>();
        private @Nullable VideoRecording video;
        private Path file = Path.of("");
        private long index;
        private long shot;

        Walk(List<Path> files, int pixelLimit) {
            this.files = files.iterator();
            this.count = count(files);
            this.names = SourceNames.of(files);
            this.pixelLimit = pixelLimit;
        }

        @Override
        public Next<Item> next() {
            while (true) {
                try {
                    if (video != null) {
                        if (video.at(shot++)
                                instanceof Next.Item<VideoStreamer.Decoded>(var decoded, Metadata metadata)) {
                            return item(new Shot(decoded), metadata);
                        }
                        leave(video);
                    } else if (!files.hasNext()) {
                        return new Next.End<>();
                    } else {
                        file = files.next();
                        if (!isVideo(file)) {
                            return item(new File(file), Metadata.EMPTY);
                        }
                        video = new VideoRecording(file, pixelLimit);
                        shot = 0;
                    }
                } catch (InputException damage) {
                    if (video != null) {
                        leave(video);
                    }
                    return item(new Damage(damage), Metadata.EMPTY);
                }
            }
        }

        private Next<Item> item(Item item, Metadata known) {
            String origin = known.get(Metadata.ORIGIN).orElse(file.toString());
            Metadata metadata = Metadata.EMPTY.with(Metadata.INDEX, index++).with(Metadata.ORIGIN, origin);
            Optional<String> name = names.of(file);
            if (name.isPresent()) {
                String shot = origin.substring(file.toString().length()); // as in #12
                metadata = metadata.with(SourceNames.NAME, name.get() + shot);
            }
            if (count.isPresent()) {
                metadata = metadata.with(Metadata.COUNT, count.getAsLong());
            }
            if (known.get(Metadata.TIME).isPresent()) {
                metadata = metadata.with(Metadata.TIME, known.get(Metadata.TIME).get());
            }
            return new Next.Item<>(item, metadata);
        }

        /// Goes on to the next file; the video stays open while frames of it are still to be loaded.
        private void leave(VideoRecording over) {
            video = null;
            ended.add(over);
            ended.removeIf(earlier -> {
                boolean loaded = !earlier.hasOpenFrames();
                if (loaded) {
                    earlier.close();
                }
                return loaded;
            });
        }

        @Override
        public void close() {
            ended.forEach(VideoRecording::close);
            if (video != null) {
                video.close();
            }
        }
    }
}
