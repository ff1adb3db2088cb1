// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.nio.file.Path;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.fastpipeline.vision.patch.PatchGenerator;
import org.fastpipeline.vision.patch.PatchStitcher;

/// Works on large images patch by patch, on all workers at once, and puts the results together again.
///
/// What is done with each patch here, its negative, stands for a network that takes images of one size. A slide in a
/// pyramid is cut by a `PyramidPatchGenerator` in the same way.
public final class PatchesOfASlide {
    private PatchesOfASlide() {}

    /// Arguments: the images (a file, a folder or a pattern), and the folder for the results.
    public static void main(String[] args) {
        var slides = new ImageFileStreamer(args[0]);
        var patches = new PatchGenerator();
        var inverter = new Inverter();
        var stitcher = new PatchStitcher();
        var encoder = new ImageEncoder();
        var sink = new ImageFileSink(Path.of(args[1]));

        patches.width.set(256);
        patches.height.set(256);
        patches.overlap.set(0.1);
        patches.image.from(slides.image);
        inverter.image.from(patches.patch);
        stitcher.patch.from(inverter.inverted);
        encoder.image.from(stitcher.image);
        sink.image.from(encoder.encoded);
        Pipeline.to(sink).run();
    }
}
