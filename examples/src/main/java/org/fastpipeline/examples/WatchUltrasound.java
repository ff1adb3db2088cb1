// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.render.Colour;
import org.fastpipeline.render.Controls;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.SegmentationLayer;
import org.fastpipeline.render.View;
import org.fastpipeline.render.Window;
import org.fastpipeline.render.WindowOptions;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.fastpipeline.vision.ultrasound.UltrasoundPipeline;

/// Shows artery and vein being followed in a stream of ultrasound frames, with a bar to pause it, to seek and to change
/// its speed.
///
/// `./fast phantom ultrasound --frames 200 --out neck` makes frames to try it on.
public final class WatchUltrasound {
    private static final double FRAMES_PER_SECOND = 20;

    private WatchUltrasound() {}

    /// Arguments: the folder of the distribution (`fast-cli/target/dist`), and the frames, a folder or a pattern.
    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        var about = ModelDescriptor.read(home.resolve("models/ultrasound"));
        var frames = new ImageFileStreamer(args[1]);
        frames.loop.set(true);
        frames.rate.set(FRAMES_PER_SECOND);
        try (var model =
                Engines.find(home.resolve("plugins")).load(about, new EngineWish.Auto(), new EngineOptions(2, 1))) {
            var job = UltrasoundPipeline.of(frames.image, model, about);
            View view = view(job);
            Pipeline pipeline = Pipeline.of(List.of(view.subscription()), List.of());
            var options = WindowOptions.of("Ultrasound")
                    .withNote(model.choice().engine())
                    .withSize(640, 680);
            try (var window = Window.open(options, Controls.NONE.with(frames), view);
                    var run = pipeline.start()) {
                window.show(run, 0);
            }
        }
    }

    /// The frame, the artery in red and the vein in blue.
    static View view(UltrasoundPipeline job) {
        return View.of(
                ImageLayer.of(job.frame()),
                SegmentationLayer.of(job.segmentation())
                        .with(1, Colour.RED)
                        .with(2, Colour.BLUE)
                        .withOpacity(0.25));
    }
}
