// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;

/// A stream of image files, one frame each.
///
/// Inputs are files, folders (their PNG, JPEG, BMP, TIFF and PNM files by name, not those of folders within) and
/// patterns such as `frames/*.png` or `study/**/*.tif`, the latter with those in `study` itself, in the order given;
/// the files of one folder or pattern are ordered by path, character by character, so `img10.png` comes before
/// `img9.png`: pad numbers with zeros.
///
/// Images come as they are stored: grey or BGR, 8 or 16 bits a channel; palettes become BGR, opacity is dropped, an
/// EXIF orientation is followed. Files are decoded by all workers at once, straight into leased memory. Each frame
/// has [Metadata#INDEX], [Metadata#COUNT], [Metadata#ORIGIN] (the path) and [Timing#STARTED].
///
/// An input that is not there, an empty folder and a pattern without match end the stream with an
/// [InputException][org.fastpipeline.core.error.InputException]. A file that is not an image, empty, truncated,
/// damaged, unreadable, or of more pixels than allowed fails its own frame only; the size is read from the header,
/// so nothing is allocated for an image that is refused.
public final class ImageFileStreamer extends Source<Path> {
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

    private final Inputs inputs;

    /// @param inputs files, folders and patterns of the default file system
    public ImageFileStreamer(String... inputs) {
        this.inputs = Inputs.of(FileSystems.getDefault(), inputs);
    }

    /// @param inputs files and folders of any file system
    public ImageFileStreamer(List<Path> inputs) {
        this.inputs = Inputs.of(inputs);
    }

    @Override
    public Cursor<Path> open(Step step) {
        ImmutableList<Path> files = ImmutableList.copyOf(inputs.resolve());
        return new Cursor<>() {
            private int index;

            @Override
            public Next<Path> next() {
                if (index == files.size()) {
                    return new Next.End<>();
                }
                Path file = files.get(index);
                Metadata metadata = Metadata.EMPTY
                        .with(Metadata.INDEX, (long) index)
                        .with(Metadata.COUNT, (long) files.size())
                        .with(Metadata.ORIGIN, file.toString());
                index++;
                return new Next.Item<>(file, metadata);
            }
        };
    }

    @Override
    public void load(Path file, Step step) {
        step.tag(Timing.STARTED, System.nanoTime());
        step.put(image, new ImageFile(file, step.memory()).read(step.get(pixelLimit)));
    }
}
