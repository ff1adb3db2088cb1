// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.PixelFormat;
import org.fastpipeline.render.gl.Program;
import org.fastpipeline.render.gl.Texture;
import org.jspecify.annotations.Nullable;

/// Draws an [ImageLayer].
final class ImageDrawing implements Drawing {
    /// What 8-bit samples are shown in.
    static final Range BYTES = Range.between(0, 0xFF);

    private static final String FRAGMENT = """
            in vec2 at;
            out vec4 colour;
            uniform sampler2D image;
            uniform int channels;
            uniform float unit; // what a sample read as 1 is
            uniform vec2 range; // level and window
            uniform float opacity;
            void main() {
                vec4 read = texture(image, at);
                vec3 shade = (read.rgb * unit - range.x + range.y / 2.0) / range.y;
                colour = vec4(channels == 1 ? shade.rrr : shade, opacity * (channels == 4 ? read.a : 1.0));
            }
            """;

    private final ImageLayer layer;
    private final FrameTexture pixels;
    private @Nullable ImageSpec spec;
    private @Nullable Range range;

    ImageDrawing(ImageLayer layer, GlContext gl) {
        this.layer = layer;
        this.pixels = new FrameTexture(gl.textures());
    }

    @Override
    public void take(Values values) {
        Optional<Image> image = values.get(layer.image());
        pixels.close();
        image.ifPresent(this::load);
    }

    private void load(Image image) {
        ImageSpec now = image.spec();
        if (range == null || spec == null || spec.type() != now.type()) {
            range = layer.range().orElseGet(() -> standard(image));
        }
        spec = now;
        pixels.load(image, PixelFormat.shades(now));
    }

    private static Range standard(Image image) {
        ImageSpec spec = image.spec();
        if (spec.type() == ElementType.U8) {
            return BYTES;
        }
        if (spec.channels() != ChannelOrder.GREY) {
            return Range.between(0, PixelFormat.shades(spec).unit());
        }
        return Extremes.of(image);
    }

    @Override
    public Optional<Extent> extent() {
        return pixels.get() == null || spec == null ? Optional.empty() : Optional.of(Extent.of(spec));
    }

    @Override
    public void draw(Canvas canvas) {
        Texture shown = pixels.get();
        if (shown == null || spec == null || range == null) {
            return;
        }
        Program program = canvas.begin(FRAGMENT)
                .set("image", 0)
                .set("channels", spec.channels().channels())
                .set("unit", shown.format().unit())
                .set("range", range.level(), range.window())
                .set("opacity", layer.opacity());
        shown.bind(0, true);
        canvas.paint(program, Extent.of(spec));
    }

    @Override
    public void close() {
        pixels.close();
    }
}
