// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.Panels.Panel;
import org.fastpipeline.render.gl.GlContext;

/// A text of one or more lines in a corner, on a dark ground. What has no room ends in dots.
///
/// ```java
/// TextLayer.of(density.density, value -> "density %.1f per mm2".formatted(value))
/// ```
///
/// @param port what the text is read from
/// @param read the text of a value; runs once a frame
/// @param corner where it stands
/// @param size of the letters, in points
/// @param colour of the letters
/// @param <T> what the port has
public record TextLayer<T>(Out<T> port, Function<? super T, String> read, Corner corner, double size, Colour colour)
        implements Layer {
    public TextLayer {
        TextSize.check(size);
    }

    /// What a value says of itself, as numbers and words do.
    public static <T> TextLayer<T> of(Out<T> port) {
        return of(port, String::valueOf);
    }

    /// A text made of a value.
    public static <T> TextLayer<T> of(Out<T> port, Function<? super T, String> text) {
        return new TextLayer<>(port, text, Corner.TOP_LEFT, TextSize.STANDARD, Colour.WHITE);
    }

    /// In another corner.
    public TextLayer<T> in(Corner newCorner) {
        return new TextLayer<>(port, read, newCorner, size, colour);
    }

    /// In another colour.
    public TextLayer<T> with(Colour newColour) {
        return new TextLayer<>(port, read, corner, size, newColour);
    }

    /// With larger or smaller letters.
    public TextLayer<T> withSize(double points) {
        return new TextLayer<>(port, read, corner, points, colour);
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
        return new ValueDrawing<>(port, read, this::draw);
    }

    private void draw(String text, Canvas canvas) {
        write(text, corner, size, colour, canvas);
    }

    /// Writes lines in a corner.
    static void write(String text, Corner corner, double size, Colour colour, Canvas canvas) {
        Pen pen = canvas.pen();
        Panel room = canvas.panels().room(corner);
        double line = TextSize.line(size);
        List<String> lines = text.strip()
                .lines()
                .limit((long) (room.height() / line))
                .map(one -> pen.fitted(one, size, room.width()))
                .toList();
        double width = pen.textWidth(lines, size);
        Optional<Panel> panel = canvas.panels().add(corner, width, lines.size() * line, pen);
        panel.ifPresent(inside -> {
            for (int i = 0; i < lines.size(); i++) {
                pen.text(inside.x(), inside.y() + (i + 0.5) * line, lines.get(i), Pen.Align.LEFT, size, colour);
            }
        });
    }
}
