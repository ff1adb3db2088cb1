// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.render.ImageLayer.Range;

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

    static ImmutableList<View> volumes(Out<Image> ct) {
        TransferFunction bone = TransferFunction.of(100, Colour.RED.withAlpha(0))
                .with(300, Colour.of(0xFFE0C0).withAlpha(0.1))
                .with(1200, Colour.WHITE);
        View angiogram = View.of(VolumeLayer.of(ct).with(Range.between(100, 500)));
        View skeleton = View.of(VolumeLayer.of(ct, bone).withBox()).from(-25, 25);
        return ImmutableList.of(angiogram, skeleton);
    }

    static ImmutableList<View> slicer(Out<Image> ct) {
        View[] views = {
            View.of(SliceLayer.of(ct, SliceAxis.X)),
            View.of(SliceLayer.of(ct, SliceAxis.Y)),
            View.of(SliceLayer.of(ct, SliceAxis.Z)),
            View.of(VolumeLayer.of(ct))
        };
        return ImmutableList.copyOf(views);
    }
}
