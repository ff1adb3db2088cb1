// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.file.Path;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;

/// A stream of the image files that are written into a folder while it runs, in order of arrival, each once.
///
/// The folder is looked at every [#settle] seconds; files that are there at the beginning are taken too. A file has
/// arrived when two looks in a row find it with the same size and time of change, and not empty; files of one
/// look come by that time, then by name. Names that begin with a dot or do not end as images do are left alone,
/// so a writer that pauses writes `.name.png` or `name.part` and renames it; the samples of a MetaImage must be there
/// before its header. The folder is listed, not watched through the operating system, which network drives do not
/// notify.
///
/// The stream ends with the run, or some time without any change ([#idle]), or when a file of a given name has come
/// ([#endFile]) and all others have arrived; files that are still empty at the end are taken then, and fail. A
/// file that is removed and written again is a new one.
///
/// Images come as from [ImageFileStreamer]. Each frame has [INDEX][org.fastpipeline.core.data.Metadata#INDEX],
/// [ORIGIN][org.fastpipeline.core.data.Metadata#ORIGIN], [Timing#STARTED] and its time of arrival as
/// [TIME][org.fastpipeline.core.data.Metadata#TIME].
public final class FolderStreamer extends Source<Path> {
    private static final double LONGEST = 1e6;

    /// The decoded image.
    public final Out<Image> image = out("image", Image.class, "the decoded image");

    /// An image of more pixels is refused before it is decoded.
    public final Parameter<Integer> pixelLimit = integer(
            "pixelLimit",
            ImageFile.MOST_PIXELS,
            1,
            Integer.MAX_VALUE,
            "pixels",
            "an image of more pixels is refused before it is decoded");

    /// Time between two looks at the folder.
    public final Parameter<Double> settle = number(
            "settle",
            0.2,
            0.001,
            LONGEST,
            "s",
            "a file is taken when it has not changed for so long; read at the start");

    /// Time without a change after which the stream ends.
    public final Parameter<Double> idle = number(
            "idle",
            0,
            0,
            LONGEST,
            "s",
            "the stream ends after so long without a change; 0 for never; read at the start");

    /// Name of the file that ends the stream.
    public final Parameter<String> endFile = parameter(new Parameter.Declaration<>(
            "endFile",
            String.class,
            "",
            "the name of a file in the folder, or empty",
            name -> !name.contains("/"),
            name -> name,
            "",
            "the stream ends when a file of this name is there; empty for none; read at the start"));

    private final Path folder;

    /// @param folder a folder that exists when the run begins
    public FolderStreamer(Path folder) {
        this.folder = folder;
    }

    @Override
    public Cursor<Path> open(Step step) {
        return new FolderWatch(folder, step.get(settle), step.get(idle), step.get(endFile), step.clock());
    }

    @Override
    public void load(Path file, Step step) {
        step.tag(Timing.STARTED, System.nanoTime());
        step.put(image, new ImageFile(file, step.memory()).read(step.get(pixelLimit)));
    }
}
