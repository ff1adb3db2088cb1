// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Subscription;

/// What is seen in one place: layers over each other, of one frame at a time.
///
/// ```java
/// View view = View.of(ImageLayer.of(frames.image), SegmentationLayer.of(network.segmentation));
/// ```
///
/// The first layer that fills a plane decides what is seen: all of it, until somebody pans or zooms.
///
/// @param layers from the back to the front
/// @param background what is seen where no layer draws
public record View(ImmutableList<Layer> layers, Colour background) {
    /// Layers over black, from the back to the front.
    public static View of(Layer... layers) {
        return new View(ImmutableList.copyOf(layers), Colour.BLACK);
    }

    /// This view with one more layer, over the others.
    public View with(Layer layer) {
        return new View(ImmutableList.<Layer>builder().addAll(layers).add(layer).build(), background);
    }

    /// The ports that its layers show, each once.
    public ImmutableSet<Out<?>> ports() {
        return layers.stream().flatMap(layer -> layer.ports().stream()).collect(ImmutableSet.toImmutableSet());
    }

    /// The newest frame of its ports: what a window needs, so that all layers show one frame and computing never
    /// waits for drawing.
    public Subscription subscription() {
        return Subscription.newest(ports().toArray(Out<?>[]::new));
    }
}
