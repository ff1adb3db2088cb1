// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.PixelFormat;
import org.fastpipeline.render.gl.Program;
import org.fastpipeline.render.gl.Texture;
import org.jspecify.annotations.Nullable;

/// Draws a [SegmentationLayer].
final class SegmentationDrawing implements Drawing {
    private static final int LABELS = 256;
    private static final Colour CLEAR = Colour.BLACK.withAlpha(0);

    /// A pixel is of a label's edge if one within reach has another label, or lies outside the image.
    private static final String FRAGMENT = """
            in vec2 at;
            out vec4 colour;
            uniform usampler2D labels;
            uniform vec4 colours[256];
            uniform int border;
            uniform float opacity;
            uniform float borderOpacity;
            void main() {
                ivec2 size = textureSize(labels, 0);
                ivec2 pixel = clamp(ivec2(at * vec2(size)), ivec2(0), size - 1);
                uint label = texelFetch(labels, pixel, 0).r;
                int reach = label == 0u ? -1 : border; // no loops where nothing is drawn, which is nearly everywhere
                bool edge = false;
                for (int y = -reach; y <= reach; y++) {
                    for (int x = -reach; x <= reach; x++) {
                        ivec2 near = pixel + ivec2(x, y);
                        bool inside = all(greaterThanEqual(near, ivec2(0))) && all(lessThan(near, size));
                        edge = edge || !inside || texelFetch(labels, near, 0).r != label;
                    }
                }
                if (label == 0u) {
                    discard;
                }
                vec4 own = colours[label];
                colour = vec4(own.rgb, own.a * (edge ? borderOpacity : opacity));
            }
            """;

    private final SegmentationLayer layer;
    private final float[] colours;
    private final FrameTexture pixels;
    private @Nullable Extent extent;

    SegmentationDrawing(SegmentationLayer layer, GlContext gl) {
        this.layer = layer;
        this.pixels = new FrameTexture(gl.textures());
        this.colours = Palette.of(LABELS, label -> label == 0 ? CLEAR : layer.colour(label));
    }

    @Override
    public void take(Values values) {
        Optional<Image> image = values.get(layer.labels());
        pixels.close();
        image.ifPresent(labels -> {
            pixels.load(labels, PixelFormat.labels(labels.spec()));
            extent = Extent.of(labels.spec());
        });
    }

    @Override
    public Optional<Extent> extent() {
        return pixels.get() == null ? Optional.empty() : Optional.ofNullable(extent);
    }

    @Override
    public void draw(Canvas canvas) {
        Texture texture = pixels.get();
        if (texture == null || extent == null) {
            return;
        }
        Program program = canvas.begin(FRAGMENT)
                .set("labels", 0)
                .set("colours", colours)
                .set("border", layer.border())
                .set("opacity", layer.opacity())
                .set("borderOpacity", layer.borderOpacity());
        texture.bind(0, false);
        canvas.paint(program, extent);
    }

    @Override
    public void close() {
        pixels.close();
    }
}
