// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Subscription;

/// What is seen in one place: layers over each other, of one frame at a time.
///
/// ```java
/// View view = View.of(ImageLayer.of(frames.image), SegmentationLayer.of(network.segmentation));
/// ```
///
/// Layers of a plane and those of a space do not go together; those of corners go with both. The first layer that
/// fills a plane, or a space, decides what is seen: all of it, until somebody pans, zooms or turns.
///
/// @param layers from the back to the front
/// @param background what is seen where no layer draws
/// @param azimuth from where a space is looked at, as for [SpaceCamera]
/// @param elevation from where a space is looked at, as for [SpaceCamera]
public record View(ImmutableList<Layer> layers, Colour background, double azimuth, double elevation) {
    public View {
        Optional<Layer> flat = first(layers, Ground.PLANE);
        Optional<Layer> deep = first(layers, Ground.SPACE);
        if (flat.isPresent() && deep.isPresent()) {
            throw new WrongUseException(
                    "view",
                    "met a " + name(flat.get()) + ", which lies on a plane, with a " + name(deep.get())
                            + ", which fills a space; needed layers of one kind",
                    "Make a view of each; a SliceLayer shows a volume on a plane");
        }
        if (!(Math.abs(azimuth) <= 360 && Math.abs(elevation) <= 90)) {
            throw new WrongUseException(
                    "view",
                    "met an azimuth of " + azimuth + " and an elevation of " + elevation
                            + "; needed at most 360 and 90 degrees, either way",
                    "Give degrees");
        }
    }

    private static Optional<Layer> first(ImmutableList<Layer> layers, Ground ground) {
        return layers.stream().filter(layer -> layer.ground() == ground).findFirst();
    }

    private static String name(Layer layer) {
        return layer.getClass().getSimpleName();
    }

    /// Layers over black, from the back to the front; a space is seen from the front of the patient.
    public static View of(Layer... layers) {
        return new View(ImmutableList.copyOf(layers), Colour.BLACK, 0, 0);
    }

    /// This view with one more layer, over the others.
    public View with(Layer layer) {
        return new View(
                ImmutableList.<Layer>builder().addAll(layers).add(layer).build(), background, azimuth, elevation);
    }

    /// This view over another colour.
    public View over(Colour newBackground) {
        return new View(layers, newBackground, azimuth, elevation);
    }

    /// This view of a space, first looked at from elsewhere.
    ///
    /// @param newAzimuth degrees about z: 0 from the front of the patient, 90 from the left, -90 from the right
    /// @param newElevation degrees from above: 90 from the head, -90 from the feet
    public View from(double newAzimuth, double newElevation) {
        return new View(layers, background, newAzimuth, newElevation);
    }

    /// What it shows: a space if a layer fills one, a plane else.
    public Ground ground() {
        return first(layers, Ground.SPACE).isPresent() ? Ground.SPACE : Ground.PLANE;
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
