// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.core.stream.Streamer;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.ScaleBarLayer;
import org.fastpipeline.render.SliceAxis;
import org.fastpipeline.render.SliceLayer;
import org.fastpipeline.render.View;
import org.fastpipeline.render.VolumeLayer;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// The views of what `fast view` is given: one of images, four of volumes.
final class ViewChoice {
    private ViewChoice() {}

    /// @param image of the stream
    static View[] of(Streamer<?> streamer, Out<Image> image) {
        return streamer instanceof ImageFileStreamer files && files.isOfVolumes()
                ? slicer(image)
                : new View[] {View.of(ImageLayer.of(image))};
    }

    /// A slice across each axis, and the volume in space.
    private static View[] slicer(Out<Image> volume) {
        return new View[] {
            View.of(SliceLayer.of(volume, SliceAxis.X), ScaleBarLayer.of()),
            View.of(SliceLayer.of(volume, SliceAxis.Y), ScaleBarLayer.of()),
            View.of(SliceLayer.of(volume, SliceAxis.Z), ScaleBarLayer.of()),
            View.of(VolumeLayer.of(volume).withBox()).from(-25, 25)
        };
    }

    static List<Subscription> subscriptions(View... views) {
        return Arrays.stream(views).map(View::subscription).toList();
    }
}
