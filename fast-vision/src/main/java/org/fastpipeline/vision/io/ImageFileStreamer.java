// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.stream.Recording;
import org.fastpipeline.core.stream.Streamer;

/// A stream of image files, one frame each.
///
/// Inputs are files, folders (their PNG, JPEG, BMP, TIFF, PNM and MetaImage files by name, not those of folders
/// within) and patterns such as `frames/*.png` or `study/**/*.tif`, the latter with those in `study` itself, in the
/// order given; the files of one folder or pattern are ordered by path, character by character, so `img10.png` comes
/// before `img9.png`: pad numbers with zeros, or give a numbered pattern.
///
/// A numbered pattern has hash signs for the number: `frame_#.png` is `frame_0.png`, `frame_1.png`, ...
/// `frame_10.png`, up to the first that is missing; `frame_###.png` has at least three digits, filled with zeros.
/// [#start] is the number of the first file and [#stepSize] the distance to the next; so it is for each of
/// several such patterns. All other inputs that follow each other make one list, in which they count from 0.
///
/// Images come as they are stored: grey or BGR, 8 or 16 bits a channel; palettes become BGR, opacity is dropped, an
/// EXIF orientation is followed. MetaImages (`.mhd` with its samples beside it, `.mha`) come in their own element
/// type and with their spacing, origin and direction; three channels are RGB, signed bytes become 16-bit. Files are
/// decoded by all workers at once, straight into leased memory. Each frame has [Metadata#INDEX], [Metadata#COUNT],
/// [Metadata#ORIGIN] (the path) and [Timing#STARTED], and with [#timestamps] [Metadata#TIME], counted from the first.
///
/// An input that is not there, an empty folder and a pattern without match end the stream with an
/// [InputException][org.fastpipeline.core.error.InputException]. A file that is not an image, empty, truncated,
/// damaged, unreadable, or of more pixels than allowed fails its own frame only; the size is read from the header,
/// so nothing is allocated for an image that is refused.
public final class ImageFileStreamer extends Streamer<Path> {
    /// The decoded image.
    public final Out<Image> image = out("image", Image.class, "the decoded image");

    /// An image of more pixels is refused before it is decoded; OpenCV's own limit, which the environment variable
    /// `OPENCV_IO_MAX_IMAGE_PIXELS` sets, holds besides.
    public final Parameter<Integer> pixelLimit = integer(
            "pixelLimit",
            ImageFile.MOST_PIXELS,
            1,
            Integer.MAX_VALUE,
            "pixels",
            "an image of more pixels is refused before it is decoded");

    /// A text file with one time for each file that is played, in milliseconds, one a line.
    public final Parameter<String> timestamps = parameter(new Parameter.Declaration<>(
            "timestamps",
            String.class,
            "",
            "the path of a text file, or empty",
            path -> true,
            path -> path,
            "",
            "a text file with the time of each file in milliseconds, one a line"));

    private final Inputs inputs;

    /// @param inputs files, folders and patterns of the default file system
    public ImageFileStreamer(String... inputs) {
        this.inputs = Inputs.of(FileSystems.getDefault(), inputs);
    }

    /// @param inputs files and folders of any file system
    public ImageFileStreamer(List<Path> inputs) {
        this.inputs = Inputs.of(inputs);
    }

    /// How many frames a run would have now, without loops and replays.
    ///
    /// @throws org.fastpipeline.core.error.InputException if an input is not there, a folder has no image or a
    /// pattern no match
    public long count() {
        return Math.min(inputs.resolve(start.value(), stepSize.value()).size(), maximum.value());
    }

    /// Whether the first file is a volume: a MetaImage with several slices. Reads its header alone; what cannot be read
    /// is none.
    ///
    /// @throws org.fastpipeline.core.error.InputException as [#count]
    public boolean isOfVolumes() {
        return MetaImageFile.isVolume(
                inputs.resolve(start.value(), stepSize.value()).getFirst());
    }

    @Override
    public Recording<Path> recording(Step step) {
        ImmutableList<Path> files = ImmutableList.copyOf(inputs.resolve(step.get(start), step.get(stepSize)));
        String times = step.get(timestamps);
        return new Listed(files, times.isEmpty() ? ImmutableList.of() : Timestamps.read(times, files.size()));
    }

    @Override
    public void load(Path file, Step step) {
        step.tag(Timing.STARTED, System.nanoTime());
        step.put(image, new ImageFile(file, step.memory()).read(step.get(pixelLimit)));
    }

    /// Files that were selected already, by their numbers where they have some.
    private record Listed(ImmutableList<Path> files, ImmutableList<Duration> times) implements Recording<Path> {
        @Override
        public Next<Path> at(long place) {
            if (place >= files.size()) {
                return new Next.End<>();
            }
            Path file = files.get((int) place);
            Metadata metadata = Metadata.EMPTY.with(Metadata.ORIGIN, file.toString());
            return new Next.Item<>(
                    file, times.isEmpty() ? metadata : metadata.with(Metadata.TIME, times.get((int) place)));
        }

        @Override
        public OptionalLong count() {
            return OptionalLong.of(files.size());
        }

        @Override
        public Recording<Path> select(long first, long distance) {
            return this;
        }
    }
}
