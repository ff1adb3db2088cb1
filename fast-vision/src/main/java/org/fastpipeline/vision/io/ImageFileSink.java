// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Step;

/// Writes encoded images into a folder, one file per frame, named after what the frame was read from.
///
/// A frame of `in/frame-07.jpg` becomes `frame-07.png`; frame 12 of a video `clip.avi` becomes `clip-000012.png`; a
/// second frame of the same name gets `-2` behind it. Each file appears whole or not at all; those written stay,
/// however the run ends. Cannot-write is an [OutputException][org.fastpipeline.core.error.OutputException] and
/// stops the run.
public final class ImageFileSink extends Sink<Set<String>> {
    /// What to write.
    public final In<EncodedImage> image = in("image", EncodedImage.class, "the file to write");

    private final Path folder;

    /// @param folder made where it is missing
    public ImageFileSink(Path folder) {
        this.folder = folder;
    }

    /// The names used so far, in lower case: some file systems do not tell cases apart.
    @Override
    public Set<String> open() {
        return new HashSet<>();
    }

    @Override
    public void execute(Set<String> used, Step step) {
        EncodedImage encoded = step.get(image);
        String name = FrameNames.next(used, step);
        WholeFile.write(
                folder.resolve(name + "." + encoded.encoding().extension()),
                encoded.bytes().asByteBuffer());
    }

    @Override
    public void close(Set<String> used, Completion completion) {}

    /// Name of the picture of a frame that was read from `origin`, without its extension; as long as no frame before
    /// had the same one.
    public static String nameOf(String origin) {
        return FrameNames.nameOf(origin);
    }
}
