// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.nio.file.Path;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.RenderToImage;
import org.fastpipeline.render.View;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.fastpipeline.vision.io.VideoSink;

/// Makes a video of images, with no window and no display: what a window would show of each frame, and of every frame.
public final class OffscreenVideo {
    private OffscreenVideo() {}

    /// Arguments: the images (a folder or a pattern), and the video, a name that ends in `.mp4`.
    public static void main(String[] args) {
        var frames = new ImageFileStreamer(args[0]);
        var inverter = new Inverter();
        inverter.image.from(frames.image);

        View view = View.of(
                ImageLayer.of(frames.image), ImageLayer.of(inverter.inverted).withOpacity(0.3));
        var picture = new RenderToImage(view, 640, 0);
        var video = new VideoSink(Path.of(args[1]));
        video.rate.set(10.0);
        video.image.from(picture.image);
        Pipeline.to(video).run();
    }
}
