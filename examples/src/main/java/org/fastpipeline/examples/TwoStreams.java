// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.render.Controls;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.View;
import org.fastpipeline.render.Window;
import org.fastpipeline.render.WindowOptions;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// Plays two folders of images side by side, each at its own pace: as they are on the left, as negatives on the right.
///
/// Each view has a subscription of its own, so one may run ahead of the other. What is to stay together is brought
/// together by a `Zip` or `Synchronise` before it is shown.
public final class TwoStreams {
    private TwoStreams() {}

    /// Arguments: two folders of images.
    public static void main(String[] args) {
        var left = new ImageFileStreamer(args[0]);
        var right = new ImageFileStreamer(args[1]);
        left.rate.set(10.0);
        right.rate.set(25.0);

        View[] views = views(left.image, right.image);
        var pipeline = Pipeline.of(Arrays.stream(views).map(View::subscription).toList(), List.of());
        var options = WindowOptions.of("Two streams").withSize(1280, 480);
        try (var window = Window.open(options, Controls.NONE, views);
                var run = pipeline.start()) {
            window.show(run, 0); // the subscription of the first view; that of the second follows
        }
    }

    /// The first stream, and the negative of the second.
    static View[] views(Out<Image> left, Out<Image> right) {
        var inverter = new Inverter();
        inverter.image.from(right);
        return new View[] {View.of(ImageLayer.of(left)), View.of(ImageLayer.of(inverter.inverted))};
    }
}
