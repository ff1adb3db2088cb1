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
import org.fastpipeline.vision.capillary.CapillaryPipeline;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// Shows capillaries being found: frames in a loop, their vessels drawn in, and a slider for the threshold, which
/// acts on the frames that come in from then on.
public final class WatchCapillaries {
    private WatchCapillaries() {}

    /// Arguments: the folder of the distribution (`fast-cli/target/dist`), and the frames, a folder or a pattern.
    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        var about = ModelDescriptor.read(home.resolve("models/capillary"));
        var frames = new ImageFileStreamer(args[1]);
        frames.loop.set(true);
        try (var model =
                Engines.find(home.resolve("plugins")).load(about, new EngineWish.Auto(), new EngineOptions(2, 1))) {
            var job = CapillaryPipeline.of(frames.image, CapillaryPipeline.Background.STILL, model, about);
            View view = view(job);
            Pipeline pipeline = Pipeline.of(List.of(view.subscription()), List.of());
            var options =
                    WindowOptions.of("Capillaries").withNote(model.choice().engine());
            var controls = Controls.NONE.with(frames).with(job.threshold());
            try (var window = Window.open(options, controls, view);
                    var run = pipeline.start()) {
                window.show(run, 0);
            }
        }
    }

    /// The frame, and over it what was found.
    static View view(CapillaryPipeline job) {
        int inside = 255; // what the mask of capillaries is where there is one
        return View.of(
                ImageLayer.of(job.frame()),
                SegmentationLayer.of(job.mask()).with(inside, Colour.GREEN).withOpacity(0.15));
    }
}
