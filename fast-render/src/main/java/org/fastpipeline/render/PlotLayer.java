// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.function.ToDoubleFunction;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// A number over the last frames, as a line in a corner. Time is that of the frames
/// ([TIME][org.fastpipeline.core.data.Metadata#TIME]) where they have one, their number among those shown else. It
/// begins anew when time goes back. A frame without a number, or with one that is not finite, is a gap in the line.
///
/// @param port what the number is read from
/// @param number of a value; runs once a frame
/// @param title what the number is
/// @param unit the number's; may be empty
/// @param last how many frames are shown, 2 or more
/// @param corner where it stands
/// @param width of the plot in points; less where the view is smaller
/// @param height of the plot in points; less where the view is smaller
/// @param size of the letters, in points
/// @param colour of the line
/// @param <T> what the port has
public record PlotLayer<T>(
        Out<T> port,
        ToDoubleFunction<? super T> number,
        String title,
        String unit,
        int last,
        Corner corner,
        double width,
        double height,
        double size,
        Colour colour)
        implements Layer {
    private static final int STANDARD_LAST = 200;
    private static final double STANDARD_WIDTH = 220;
    private static final double STANDARD_HEIGHT = 90;
    private static final double STANDARD_SIZE = 11;

    public PlotLayer {
        TextSize.check(size);
        if (last < 2 || !(width > 0) || !(height > 0)) {
            throw new WrongUseException(
                    "plot",
                    "met the last " + last + " values in " + width + " x " + height
                            + " points; needed 2 or more, and a size above 0",
                    "Correct them");
        }
    }

    /// The numbers that a port has.
    public static PlotLayer<Double> of(Out<Double> port, String title, String unit) {
        return of(port, Double::doubleValue, title, unit);
    }

    /// A number made of a value.
    public static <T> PlotLayer<T> of(Out<T> port, ToDoubleFunction<? super T> number, String title, String unit) {
        return new PlotLayer<>(
                port,
                number,
                title,
                unit,
                STANDARD_LAST,
                Corner.TOP_RIGHT,
                STANDARD_WIDTH,
                STANDARD_HEIGHT,
                STANDARD_SIZE,
                Colour.GREEN);
    }

    /// Of more or fewer frames.
    public PlotLayer<T> withLast(int frames) {
        return new PlotLayer<>(port, number, title, unit, frames, corner, width, height, size, colour);
    }

    /// In another corner.
    public PlotLayer<T> in(Corner newCorner) {
        return new PlotLayer<>(port, number, title, unit, last, newCorner, width, height, size, colour);
    }

    /// Larger or smaller, in points.
    public PlotLayer<T> withSize(double newWidth, double newHeight) {
        return new PlotLayer<>(port, number, title, unit, last, corner, newWidth, newHeight, size, colour);
    }

    /// With larger or smaller letters.
    public PlotLayer<T> withTextSize(double points) {
        return new PlotLayer<>(port, number, title, unit, last, corner, width, height, points, colour);
    }

    /// In another colour.
    public PlotLayer<T> with(Colour newColour) {
        return new PlotLayer<>(port, number, title, unit, last, corner, width, height, size, newColour);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(port);
    }

    @Override
    public Ground ground() {
        return Ground.VIEW;
    }

    @Override
    public Drawing open(GlContext gl) {
        return new PlotDrawing<>(this);
    }
}
