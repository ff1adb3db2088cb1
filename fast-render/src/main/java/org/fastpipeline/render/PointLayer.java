// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.function.Function;
import org.fastpipeline.core.data.Points;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// Points as discs with a dark rim, in pixels of the image that decides what the view shows.
///
/// @param port what the points are read from
/// @param read the points of a value; runs once a frame, and keeps nothing of a payload
/// @param colour theirs
/// @param diameter of the discs without their rim, in points of the screen
/// @param <T> what the port has
public record PointLayer<T>(Out<T> port, Function<? super T, Points> read, Colour colour, double diameter)
        implements Layer {
    private static final double RIM = 1;
    private static final double STANDARD = 7;

    public PointLayer {
        Thickness.check(diameter);
    }

    /// Points as they are.
    public static PointLayer<Points> of(Out<Points> points) {
        return of(points, Function.identity());
    }

    /// Points made of something else.
    public static <T> PointLayer<T> of(Out<T> port, Function<? super T, Points> points) {
        return new PointLayer<>(port, points, Colour.CYAN, STANDARD);
    }

    /// In another colour.
    public PointLayer<T> with(Colour newColour) {
        return new PointLayer<>(port, read, newColour, diameter);
    }

    /// Larger or smaller.
    public PointLayer<T> withDiameter(double points) {
        return new PointLayer<>(port, read, colour, points);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(port);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new ValueDrawing<>(port, read, this::draw);
    }

    private void draw(Points points, Canvas canvas) {
        double[] places = canvas.camera().screen(points);
        Colour rim = Colour.BLACK.withAlpha(colour.alpha());
        for (int i = 0; i < places.length; i += 2) {
            canvas.pen().disc(places[i], places[i + 1], diameter / 2 + RIM, rim);
            canvas.pen().disc(places[i], places[i + 1], diameter / 2, colour);
        }
    }
}
