// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.network.ImageClassification;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.vision.capillary.CapillaryDensity;
import org.fastpipeline.vision.capillary.Density;
import org.fastpipeline.vision.capillary.RoiBatch;
import org.fastpipeline.vision.capillary.SsimRoiGenerator;
import org.fastpipeline.vision.capillary.StillBackground;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// The capillary job, node by node and wire by wire: what `CapillaryPipeline.of` does in one call.
public final class CapillaryNodes {
    private CapillaryNodes() {}

    /// Measures the frames of the bundled sample.
    ///
    /// @param home folder of the distribution, with `plugins/`, `models/` and `samples/`
    /// @param results told of each frame's density, in order
    public static void measure(Path home, Consumer<Density> results) {
        var about = ModelDescriptor.read(home.resolve("models/capillary"));
        var engines = Engines.find(home.resolve("plugins"));
        try (LoadedModel model = engines.load(about, new EngineWish.Auto(), new EngineOptions(2, 1))) {
            var frames = new ImageFileStreamer(home.resolve("samples/capillary").toString());
            var background = new StillBackground();
            var rois = new SsimRoiGenerator();
            var batch = new RoiBatch();
            var classifier = new ImageClassification(model, about);
            var density = new CapillaryDensity();
            density.threshold.set(about.threshold());

            background.frame.from(frames.image);
            rois.frame.from(frames.image);
            rois.background.from(background.background);
            batch.frame.from(frames.image);
            batch.boxes.from(rois.boxes);
            classifier.batch.from(batch.crops);
            density.frame.from(frames.image);
            density.boxes.from(rois.boxes);
            density.scores.from(classifier.scores);

            try (Run run = Pipeline.to(density.density).start()) {
                for (Frame frame : run) {
                    results.accept(frame.get(density.density));
                }
            }
        }
    }
}
