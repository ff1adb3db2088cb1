// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.render.Controls;
import org.fastpipeline.render.SliceAxis;
import org.fastpipeline.render.SliceLayer;
import org.fastpipeline.render.View;
import org.fastpipeline.render.VolumeLayer;
import org.fastpipeline.render.Window;
import org.fastpipeline.render.WindowOptions;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// Shows a volume in four views of one window: a slice across each of its axes, and all of it in space.
///
/// Drag the volume to turn it, and turn the wheel to come closer. With the pointer on a slice, the keys up and down go
/// to the slices after and before it.
public final class WatchVolume {
    private static final int SIZE = 64;

    private WatchVolume() {}

    /// Argument: a MetaImage of a volume (`.mhd` or `.mha`); none for a made one, a bright ball in a faint one.
    public static void main(String[] args) {
        View[] views = views(args.length > 0 ? new ImageFileStreamer(args[0]).image : balls());
        // Each view has a subscription of its own, in the order of the views.
        var pipeline = Pipeline.of(Arrays.stream(views).map(View::subscription).toList(), List.of());
        var options = WindowOptions.of("Volume").withSize(800, 800);
        try (var window = Window.open(options, Controls.NONE, views);
                var run = pipeline.start()) {
            window.show(run, 0);
        }
    }

    /// Three slices, and the greatest sample behind each pixel (a maximum intensity projection).
    static View[] views(Out<Image> volume) {
        return new View[] {
            View.of(SliceLayer.of(volume, SliceAxis.X)),
            View.of(SliceLayer.of(volume, SliceAxis.Y)),
            View.of(SliceLayer.of(volume, SliceAxis.Z)),
            View.of(VolumeLayer.of(volume).withBox()).from(-25, 25)
        };
    }

    /// A stream of one volume.
    static Out<Image> balls() {
        ImageSpec spec = ImageSpec.volume(SIZE, SIZE, SIZE, ChannelOrder.GREY, ElementType.U8);
        return new GeneratorStreamer<>(Image.class, 1, (_, step) -> {
                    Image image = Image.allocate(spec, step.memory());
                    for (int i = 0; i < SIZE * SIZE * SIZE; i++) {
                        int x = i % SIZE - 32;
                        int y = i / SIZE % SIZE - 32;
                        int z = i / SIZE / SIZE - 32;
                        boolean bright = (x - 8) * (x - 8) + y * y + z * z < 100;
                        boolean faint = x * x + y * y + z * z < 800;
                        image.writablePixels().set(ValueLayout.JAVA_BYTE, i, (byte) (bright ? 220 : faint ? 70 : 0));
                    }
                    return image;
                })
                .value;
    }
}
