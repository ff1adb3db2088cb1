// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.function.Function;
import org.fastpipeline.core.data.Line;
import org.fastpipeline.core.data.Lines;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// Contours and other lines, in pixels of the image that decides what the view shows.
///
/// @param port what the lines are read from
/// @param read the lines of a value; runs once a frame, and keeps nothing of a payload
/// @param colour theirs
/// @param thickness in points
/// @param <T> what the port has
public record LineLayer<T>(Out<T> port, Function<? super T, Lines> read, Colour colour, double thickness)
        implements Layer {
    public LineLayer {
        Thickness.check(thickness);
    }

    /// Lines as they are.
    public static LineLayer<Lines> of(Out<Lines> lines) {
        return of(lines, Function.identity());
    }

    /// Lines made of something else.
    public static <T> LineLayer<T> of(Out<T> port, Function<? super T, Lines> lines) {
        return new LineLayer<>(port, lines, Colour.YELLOW, 2);
    }

    /// In another colour.
    public LineLayer<T> with(Colour newColour) {
        return new LineLayer<>(port, read, newColour, thickness);
    }

    /// Thicker or thinner.
    public LineLayer<T> withThickness(double points) {
        return new LineLayer<>(port, read, colour, points);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(port);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new ValueDrawing<>(port, read, this::draw);
    }

    private void draw(Lines lines, Canvas canvas) {
        for (Line line : lines.lines()) {
            canvas.pen().line(canvas.camera().screen(line.points()), line.closed(), colour, thickness);
        }
    }
}
