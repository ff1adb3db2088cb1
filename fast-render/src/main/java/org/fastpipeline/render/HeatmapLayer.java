// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// How sure a network is, channel by channel: each channel's colour, as strong as its value, and the colours of the
/// channels added up. It lies where the tensor's geometry says.
///
/// A pixel's opacity is `opacity` times the sum of the values that are shown there, but at most `opacity`.
///
/// @param tensor H x W x C of F32, at most 64 channels; values from 0 to 1, those above count as 1
/// @param colours of channels, from 0; those without have that of [Colour#ofLabel] for the channel's number + 1
/// @param hidden channels that are not shown
/// @param minimum values below are not shown, 0 to 1
/// @param opacity the most of a pixel, 0 to 1
/// @param smooth whether values between those of the tensor are interpolated (bilinear), before they are compared
///     with the minimum
public record HeatmapLayer(
        Out<Tensor> tensor,
        ImmutableMap<Integer, Colour> colours,
        ImmutableSet<Integer> hidden,
        double minimum,
        double opacity,
        boolean smooth)
        implements Layer {
    private static final double STANDARD = 0.6;

    public HeatmapLayer {
        Opacity.check(opacity);
        if (!(minimum >= 0 && minimum <= 1)) {
            throw new WrongUseException(
                    "least value of a heatmap", "met " + minimum + "; needed 0 to 1", "Divide by the greatest value");
        }
    }

    /// All channels and values, smooth.
    public static HeatmapLayer of(Out<Tensor> tensor) {
        return new HeatmapLayer(tensor, ImmutableMap.of(), ImmutableSet.of(), 0, STANDARD, true);
    }

    /// With the colour of one channel, from 0.
    public HeatmapLayer with(int channel, Colour colour) {
        ImmutableMap<Integer, Colour> all = ImmutableMap.<Integer, Colour>builder()
                .putAll(colours)
                .put(channel, colour)
                .buildKeepingLast();
        return new HeatmapLayer(tensor, all, hidden, minimum, opacity, smooth);
    }

    /// Without one more channel, from 0.
    public HeatmapLayer without(int channel) {
        ImmutableSet<Integer> all =
                ImmutableSet.<Integer>builder().addAll(hidden).add(channel).build();
        return new HeatmapLayer(tensor, colours, all, minimum, opacity, smooth);
    }

    /// Without values below a minimum.
    public HeatmapLayer withMinimum(double newMinimum) {
        return new HeatmapLayer(tensor, colours, hidden, newMinimum, opacity, smooth);
    }

    /// With another greatest opacity.
    public HeatmapLayer withOpacity(double most) {
        return new HeatmapLayer(tensor, colours, hidden, minimum, most, smooth);
    }

    /// With the tensor's values as squares.
    public HeatmapLayer withSquares() {
        return new HeatmapLayer(tensor, colours, hidden, minimum, opacity, false);
    }

    /// The colour of a channel, from 0.
    public Colour colour(int channel) {
        Colour own = colours.get(channel);
        return own != null ? own : Colour.ofLabel(channel + 1);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(tensor);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new HeatmapDrawing(this, gl);
    }
}
