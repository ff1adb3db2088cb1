// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// How long a millimetre is: a bar of a round length, from the spacing of the image or volume that decides what the
/// view shows. Nothing where that is 1 mm along all axes, for that stands for a spacing that nobody knows.
///
/// @param corner where it stands
/// @param size of the letters, in points
public record ScaleBarLayer(Corner corner, double size) implements Layer {
    /// The bar's longest, of the view's width.
    private static final double LONGEST = 0.3;

    private static final double TICK = 3;

    public ScaleBarLayer {
        TextSize.check(size);
    }

    /// Lower right.
    public static ScaleBarLayer of() {
        return new ScaleBarLayer(Corner.BOTTOM_RIGHT, TextSize.STANDARD);
    }

    /// In another corner.
    public ScaleBarLayer in(Corner newCorner) {
        return new ScaleBarLayer(newCorner, size);
    }

    /// With larger or smaller letters.
    public ScaleBarLayer withSize(double points) {
        return new ScaleBarLayer(corner, points);
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
        OptionalDouble known = canvas.millimetre();
        if (known.isEmpty()) {
            return;
        }
        double points = known.getAsDouble();
        double millimetres = Round.down(LONGEST * canvas.width() / points);
        double length = millimetres * points;
        String text = Round.length(millimetres);
        Pen pen = canvas.pen();
        double line = TextSize.line(size);
        double width = Math.max(length, pen.textWidth(text, size));
        canvas.panels().add(corner, width, line + 2 * TICK, pen).ifPresent(inside -> {
            double middle = inside.x() + width / 2;
            double y = inside.y() + line + TICK;
            double[] bar = {
                middle - length / 2,
                y - TICK,
                middle - length / 2,
                y,
                middle + length / 2,
                y,
                middle + length / 2,
                y - TICK
            };
            pen.text(middle, inside.y() + line / 2, text, Pen.Align.CENTRE, size, Colour.WHITE);
            pen.line(bar, false, Colour.WHITE, 2);
        });
    }
}
