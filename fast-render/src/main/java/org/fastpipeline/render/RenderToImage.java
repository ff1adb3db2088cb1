// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Lane;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.Picture;
import org.jspecify.annotations.Nullable;

/// Draws a view of every frame into an image, with no window and no display: to be written as pictures or as a video.
///
/// ```java
/// RenderToImage picture = new RenderToImage(view, 960, 540);
/// VideoSink video = new VideoSink(Path.of("overlay.mp4"));
/// video.image.from(picture.image);
/// ```
///
/// It is joined to the ports of the view's layers by itself; a frame without a value for one of them has no picture.
public final class RenderToImage extends Stateful<RenderToImage.Studio> {
    /// The picture: RGB, U8, of the size asked for, with a spacing of 1.
    public final Out<Image> image = out("image", Image.class, "the view of the frame");

    private static final int MOST = 16384;

    private final View view;
    private final int width;
    private final int height;
    private final Map<Out<?>, In<?>> shown = new HashMap<>();

    /// @param view what is drawn
    /// @param width columns of the pictures; 0 for what fits their height and the first frame's shape; a space
    ///     is as wide as high
    /// @param height rows of the pictures; 0 for what fits their width and the first frame's shape, as for columns
    /// @throws WrongUseException if both are 0, or one is below that or above 16,384
    public RenderToImage(View view, int width, int height) {
        if (width < 0 || height < 0 || width > MOST || height > MOST || width + height == 0) {
            throw new WrongUseException(
                    "render to image",
                    "met a size of " + width + " x " + height + "; needed 1 to " + MOST
                            + " for one at least, and 0 for the other if it is to follow",
                    "Give a width or a height");
        }
        this.view = view;
        this.width = width;
        this.height = height;
        view.ports().forEach(port -> shown.put(port, join(port)));
    }

    private <T> In<T> join(Out<T> port) {
        In<T> joined = in("shown" + (shown.size() + 1), port.type(), "shown by a layer of the view");
        joined.from(port);
        return joined;
    }

    @Override
    public Lane lane() {
        return Lane.GL;
    }

    @Override
    public Studio open() {
        return new Studio(view);
    }

    @Override
    public void execute(Studio studio, Step step) {
        step.put(image, studio.gl.use(() -> draw(studio, step)));
    }

    private Image draw(Studio studio, Step step) {
        studio.scene.take(new StepValues(step));
        Picture picture = studio.picture;
        if (picture == null) {
            picture = new Picture(columns(studio.scene), rows(studio.scene));
            studio.picture = picture;
        }
        picture.bind();
        studio.scene.draw(Place.all(picture.width(), picture.height()), 1);
        return picture.read(step.memory());
    }

    private int columns(Scene scene) {
        return width > 0 ? width : even(height / shape(scene));
    }

    private int rows(Scene scene) {
        return height > 0 ? height : even(width * shape(scene));
    }

    /// Height by width of what the view shows.
    private static double shape(Scene scene) {
        return scene.sight()
                .shape()
                .orElseThrow(() -> new WrongUseException(
                        "render to image",
                        "met a view without an image, whose shape the picture would follow; needed one",
                        "Give both width and height"));
    }

    /// Videos want even numbers.
    private static int even(double length) {
        return Math.clamp(2 * Math.round(length / 2), 2, MOST);
    }

    @Override
    public void close(Studio studio) {
        studio.close();
    }

    /// What a run draws with.
    public static final class Studio {
        private final GlContext gl = GlContext.offscreen();
        private final Scene scene;
        private @Nullable Picture picture;

        private Studio(View view) {
            this.scene = gl.use(() -> new Scene(view, gl));
        }

        private void close() {
            gl.use(() -> {
                scene.close();
                if (picture != null) {
                    picture.close();
                }
                return true;
            });
            gl.close();
        }
    }

    /// What the step has for the ports of the view.
    private final class StepValues implements Values {
        private final Step step;

        StepValues(Step step) {
            this.step = step;
        }

        @Override
        @SuppressWarnings("unchecked") // each port was joined to an input of its type
        public <T> Optional<T> get(Out<T> port) {
            In<T> in = (In<T>) shown.get(port);
            return in == null ? Optional.empty() : Optional.of(step.get(in));
        }

        @Override
        public Metadata metadata(Out<?> port) {
            return step.metadata();
        }
    }
}
