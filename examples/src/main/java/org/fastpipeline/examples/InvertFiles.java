// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.nio.file.Path;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// Writes the negative of each image: a pipeline that ends in files, with a node of one's own in it.
public final class InvertFiles {
    private InvertFiles() {}

    /// Arguments: the images (a file, a folder or a pattern), and the folder for their negatives.
    public static void main(String[] args) {
        var files = new ImageFileStreamer(args[0]);
        var inverter = new Inverter();
        var encoder = new ImageEncoder();
        var sink = new ImageFileSink(Path.of(args[1]));
        inverter.image.from(files.image);
        encoder.image.from(inverter.inverted);
        sink.image.from(encoder.encoded);
        Pipeline.to(sink).run();
    }
}
