// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.Panels.Panel;
import org.fastpipeline.render.gl.GlContext;

/// Which colour stands for which number: a bar with the numbers at its ends.
///
/// @param colours from that of the lowest number to that of the highest, evenly spaced, 2 or more; mixed between
/// @param low lowest number
/// @param high highest number, above the lowest
/// @param unit the numbers'; may be empty
/// @param corner where it stands
/// @param length of the bar in points; less where the view is smaller
/// @param size of the letters, in points
public record ColourBarLayer(
        ImmutableList<Colour> colours, double low, double high, String unit, Corner corner, double length, double size)
        implements Layer {
    private static final double STANDARD_LENGTH = 140;
    private static final double GAP = 3;

    public ColourBarLayer {
        TextSize.check(size);
        if (colours.size() < 2 || !(high > low) || !(length > 0)) {
            throw new WrongUseException(
                    "colour bar",
                    "met " + colours.size() + " colours from " + low + " to " + high + " on " + length
                            + " points; needed 2 or more, a higher end and a length",
                    "Correct them");
        }
    }

    /// A bar of colours.
    public static ColourBarLayer of(ImmutableList<Colour> colours, double low, double high, String unit) {
        return new ColourBarLayer(colours, low, high, unit, Corner.BOTTOM_RIGHT, STANDARD_LENGTH, TextSize.STANDARD);
    }

    /// The greys of an image that is shown with a level and window.
    public static ColourBarLayer of(ImageLayer.Range range, String unit) {
        return of(
                ImmutableList.of(Colour.BLACK, Colour.WHITE),
                range.level() - range.window() / 2,
                range.level() + range.window() / 2,
                unit);
    }

    /// The strengths of one channel of a heatmap, over black.
    ///
    /// @param channel from 0
    public static ColourBarLayer of(HeatmapLayer layer, int channel) {
        Colour colour = layer.colour(channel);
        return of(
                ImmutableList.of(
                        colour.withAlpha(layer.minimum() * layer.opacity()), colour.withAlpha(layer.opacity())),
                layer.minimum(),
                1,
                "");
    }

    /// In another corner.
    public ColourBarLayer in(Corner newCorner) {
        return new ColourBarLayer(colours, low, high, unit, newCorner, length, size);
    }

    /// Longer or shorter, in points.
    public ColourBarLayer withLength(double points) {
        return new ColourBarLayer(colours, low, high, unit, corner, points, size);
    }

    /// With larger or smaller letters.
    public ColourBarLayer withSize(double points) {
        return new ColourBarLayer(colours, low, high, unit, corner, length, points);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of();
    }

    @Override
    public Ground ground() {
        return Ground.VIEW;
    }

    @Override
    public Drawing open(GlContext gl) {
        return new StillDrawing(this::draw);
    }

    private void draw(Canvas canvas) {
        Pen pen = canvas.pen();
        double step = Round.down((high - low) / 10);
        String least = Round.number(low, step);
        String most = Round.number(high, step) + (unit.isEmpty() ? "" : " " + unit);
        double line = TextSize.line(size);
        Panel room = canvas.panels().room(corner);
        double needed = pen.textWidth(least, size) + size + pen.textWidth(most, size);
        double width = Math.max(needed, Math.min(length, room.width()));
        canvas.panels().add(corner, width, size + GAP + line, pen).ifPresent(inside -> {
            double part = width / (colours.size() - 1);
            pen.rectangle(inside.x(), inside.y(), width, size, 0, Colour.BLACK);
            for (int i = 0; i + 1 < colours.size(); i++) {
                pen.gradient(inside.x() + i * part, inside.y(), part, size, colours.get(i), colours.get(i + 1));
            }
            double middle = inside.y() + size + GAP + line / 2;
            pen.text(inside.x(), middle, least, Pen.Align.LEFT, size, Colour.WHITE);
            pen.text(inside.x() + width, middle, most, Pen.Align.RIGHT, size, Colour.WHITE);
        });
    }
}
