// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.util.List;
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
        var inverter = new Inverter();
        left.rate.set(10.0);
        right.rate.set(25.0);
        inverter.image.from(right.image);

        View plain = View.of(ImageLayer.of(left.image));
        View inverted = View.of(ImageLayer.of(inverter.inverted));
        var pipeline = Pipeline.of(List.of(plain.subscription(), inverted.subscription()), List.of());
        var options = WindowOptions.of("Two streams").withSize(1280, 480);
        try (var window = Window.open(options, Controls.NONE, plain, inverted);
                var run = pipeline.start()) {
            window.show(run, 0); // the subscription of the first view; that of the second follows
        }
    }
}
