// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;

/// The programs of `docs/rendering.md`, which are compiled here.
final class RenderingPage {
    private RenderingPage() {}

    static View view(Out<Image> frames, Out<Image> vessels, Out<Double> density) {
        SegmentationLayer labels = SegmentationLayer.of(vessels).withOpacity(0.3);
        View view = View.of(
                ImageLayer.of(frames),
                labels,
                NameLayer.of(vessels, ImmutableMap.of(1, "artery", 2, "vein")).withMinimumArea(0.5),
                TextLayer.of(density, value -> "density %.1f /mm²".formatted(value)),
                PlotLayer.of(density, "density", "/mm²").in(Corner.BOTTOM_LEFT),
                ScaleBarLayer.of());
        return view;
    }

    static void window(View view) {
        Pipeline pipeline = Pipeline.of(List.of(view.subscription()), List.of());
        try (Window window = Window.open(WindowOptions.of("Vessels"), Controls.NONE, view);
                Run run = pipeline.start()) {
            window.show(run, 0);
        }
    }

    static Out<Image> pictures(View view) {
        RenderToImage picture = new RenderToImage(view, 960, 540);
        return picture.image;
    }

    static BoxLayer<Detections> strong(Out<Detections> found) {
        BoxLayer<Detections> strong = BoxLayer.of(found, all -> all.detections().stream()
                .filter(one -> one.score() > 0.8)
                .map(one -> one.box())
                .toList());
        return strong;
    }
}
