// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.PixelFormat;
import org.fastpipeline.render.gl.Program;
import org.fastpipeline.render.gl.Texture;
import org.jspecify.annotations.Nullable;

/// Draws a [HeatmapLayer]. A row of the texture holds a row of the tensor, channel by channel within each column.
final class HeatmapDrawing implements Drawing {
    private static final ImmutableList<Axis> AXES = ImmutableList.of(Axis.H, Axis.W, Axis.C);
    private static final int MOST_CHANNELS = 64;

    private static final String FRAGMENT = """
            in vec2 at;
            out vec4 colour;
            uniform sampler2D values;
            uniform int channels;
            uniform int smoothly;
            uniform vec4 colours[64]; // alpha 0 for hidden channels
            uniform float least;
            uniform float opacity;
            float value(ivec2 place, ivec2 size, int channel) {
                ivec2 inside = clamp(place, ivec2(0), size - 1);
                return texelFetch(values, ivec2(inside.x * channels + channel, inside.y), 0).r;
            }
            float between(vec2 place, ivec2 size, int channel) {
                vec2 low = floor(place - 0.5);
                vec2 rest = place - 0.5 - low;
                ivec2 from = ivec2(low);
                return mix(
                        mix(value(from, size, channel), value(from + ivec2(1, 0), size, channel), rest.x),
                        mix(value(from + ivec2(0, 1), size, channel), value(from + 1, size, channel), rest.x),
                        rest.y);
            }
            void main() {
                ivec2 size = textureSize(values, 0) / ivec2(channels, 1);
                vec2 place = at * vec2(size);
                vec3 sum = vec3(0.0);
                float strength = 0.0;
                for (int channel = 0; channel < channels; channel++) {
                    float sure = smoothly == 1 ? between(place, size, channel) : value(ivec2(place), size, channel);
                    if (sure >= least) {
                        float shown = min(sure, 1.0) * colours[channel].a;
                        sum += shown * colours[channel].rgb;
                        strength += shown;
                    }
                }
                if (strength <= 0.0) {
                    discard;
                }
                float whole = min(strength, 1.0);
                colour = vec4(min(sum / whole, 1.0), opacity * whole);
            }
            """;

    private final HeatmapLayer layer;
    private final FrameTexture pixels;
    private @Nullable TensorSpec spec;
    private @Nullable Extent extent;

    HeatmapDrawing(HeatmapLayer layer, GlContext gl) {
        this.layer = layer;
        this.pixels = new FrameTexture(gl.textures());
    }

    @Override
    public void take(Values values) {
        pixels.close();
        values.get(layer.tensor()).ifPresent(this::load);
    }

    private void load(Tensor tensor) {
        TensorSpec now = tensor.spec();
        if (!now.axes().equals(AXES) || now.type() != ElementType.F32) {
            throw new WrongUseException(
                    "heatmap",
                    "met a tensor " + now + "; needed axes H, W, C of F32",
                    "Take one item of a batch, and put the channels last");
        }
        long channels = now.size(Axis.C);
        if (channels > MOST_CHANNELS || now.elements() == 0) {
            throw new WrongUseException(
                    "heatmap",
                    "met a tensor " + now + "; needed values, and at most " + MOST_CHANNELS + " channels",
                    "Show fewer channels");
        }
        int width = Math.toIntExact(now.size(Axis.W));
        int height = Math.toIntExact(now.size(Axis.H));
        ImageSpec rows = ImageSpec.of(Math.toIntExact(width * channels), height, ChannelOrder.GREY, ElementType.F32);
        try (Image image = tensor.asImage(rows, this)) {
            pixels.load(image, PixelFormat.shades(rows));
        }
        spec = now;
        extent = new Extent(width, height, tensor.geometry().spacing());
    }

    @Override
    public Optional<Extent> extent() {
        return pixels.get() == null ? Optional.empty() : Optional.ofNullable(extent);
    }

    @Override
    public void draw(Canvas canvas) {
        Texture texture = pixels.get();
        if (texture == null || spec == null || extent == null) {
            return;
        }
        int channels = (int) spec.size(Axis.C);
        Program program = canvas.begin(FRAGMENT)
                .set("values", 0)
                .set("channels", channels)
                .set("smoothly", layer.smooth() ? 1 : 0)
                .set("colours", Palette.of(channels, this::colour))
                .set("least", layer.minimum())
                .set("opacity", layer.opacity());
        texture.bind(0, false);
        canvas.paint(program, extent);
    }

    private Colour colour(int channel) {
        Colour own = layer.colour(channel);
        return layer.hidden().contains(channel) ? own.withAlpha(0) : own;
    }

    @Override
    public void close() {
        pixels.close();
    }
}
