// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// A label image: each label in its colour, 0 not at all.
///
/// @param labels 2-D, U8
/// @param colours of labels; those without have that of [Colour#ofLabel]
/// @param opacity of the insides, 0 to 1
/// @param border how wide the edges of the labels are that are drawn in full, in pixels of the label image, 0 to 8
/// @param borderOpacity of the edges, 0 to 1
public record SegmentationLayer(
        Out<Image> labels, ImmutableMap<Integer, Colour> colours, double opacity, int border, double borderOpacity)
        implements Layer {
    private static final int WIDEST = 8;
    private static final int MOST = 0xFF;

    public SegmentationLayer {
        Opacity.check(opacity);
        Opacity.check(borderOpacity);
        if (border < 0 || border > WIDEST) {
            throw new WrongUseException(
                    "border", "met " + border + " pixels; needed 0 to " + WIDEST, "Draw a narrower one");
        }
        for (int label : colours.keySet()) {
            if (label < 1 || label > MOST) {
                throw new WrongUseException(
                        "colours of labels", "met label " + label + "; needed 1 to " + MOST, "Leave it out");
            }
        }
    }

    /// Half transparent, with edges one pixel wide.
    public static SegmentationLayer of(Out<Image> labels) {
        return new SegmentationLayer(labels, ImmutableMap.of(), 0.5, 1, 1);
    }

    /// With the colour of one label.
    public SegmentationLayer with(int label, Colour colour) {
        ImmutableMap<Integer, Colour> all = ImmutableMap.<Integer, Colour>builder()
                .putAll(colours)
                .put(label, colour)
                .buildKeepingLast();
        return new SegmentationLayer(labels, all, opacity, border, borderOpacity);
    }

    /// With another opacity of the insides.
    public SegmentationLayer withOpacity(double newOpacity) {
        return new SegmentationLayer(labels, colours, newOpacity, border, borderOpacity);
    }

    /// With other edges.
    public SegmentationLayer withBorder(int width, double newOpacity) {
        return new SegmentationLayer(labels, colours, opacity, width, newOpacity);
    }

    /// The colour of a label above 0.
    public Colour colour(int label) {
        Colour own = colours.get(label);
        return own != null ? own : Colour.ofLabel(label);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(labels);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new SegmentationDrawing(this, gl);
    }
}
