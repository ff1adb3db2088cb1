// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.Panels.Panel;
import org.fastpipeline.render.gl.GlContext;

/// Which colour stands for what, in a corner. Lines that have no room are left out.
///
/// @param names what there is, each with its colour, from the top
/// @param corner where it stands
/// @param size of the letters, in points
public record LegendLayer(ImmutableMap<String, Colour> names, Corner corner, double size) implements Layer {
    public LegendLayer {
        TextSize.check(size);
    }

    /// Names with their colours.
    public static LegendLayer of(ImmutableMap<String, Colour> names) {
        return new LegendLayer(names, Corner.BOTTOM_LEFT, TextSize.STANDARD);
    }

    /// The names of labels, in the colours that `layer` shows them in.
    ///
    /// @param names of labels above 0, each another
    public static LegendLayer of(SegmentationLayer layer, ImmutableMap<Integer, String> names) {
        return of(names.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(Entry::getValue, label -> layer.colour(label.getKey()))));
    }

    /// The names of channels, in the colours that `layer` shows them in.
    ///
    /// @param names of channels from 0, each another
    public static LegendLayer of(HeatmapLayer layer, ImmutableMap<Integer, String> names) {
        return of(names.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(Entry::getValue, channel -> layer.colour(channel.getKey()))));
    }

    /// In another corner.
    public LegendLayer in(Corner newCorner) {
        return new LegendLayer(names, newCorner, size);
    }

    /// With larger or smaller letters.
    public LegendLayer withSize(double points) {
        return new LegendLayer(names, corner, points);
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
        Panel room = canvas.panels().room(corner);
        double line = TextSize.line(size);
        List<Entry<String, Colour>> shown =
                names.entrySet().stream().limit((long) (room.height() / line)).toList();
        List<String> texts = shown.stream()
                .map(entry -> pen.fitted(entry.getKey(), size, room.width() - line))
                .toList();
        double width = pen.textWidth(texts, size);
        Optional<Panel> panel = canvas.panels().add(corner, width + line, texts.size() * line, pen);
        panel.ifPresent(inside -> {
            for (int i = 0; i < texts.size(); i++) {
                double middle = inside.y() + (i + 0.5) * line;
                Colour colour = shown.get(i).getValue().withAlpha(1);
                pen.rectangle(inside.x(), middle - size / 2 + 1, size - 2, size - 2, 2, colour);
                pen.text(inside.x() + line, middle, texts.get(i), Pen.Align.LEFT, size, Colour.WHITE);
            }
        });
    }
}
