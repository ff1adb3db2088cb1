// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// The outlines of boxes, which may have a text each, such as a score, above them. Boxes are in pixels of the image
/// that decides what the view shows.
///
/// @param port what the boxes are read from
/// @param read the boxes of a value; runs once a frame, and keeps nothing of a payload
/// @param colour of boxes without one of their own
/// @param thickness of the lines, in points
/// @param textSize in points
/// @param <T> what the port has
public record BoxLayer<T>(
        Out<T> port, Function<? super T, ? extends List<Item>> read, Colour colour, double thickness, double textSize)
        implements Layer {
    public BoxLayer {
        Thickness.check(thickness);
        TextSize.check(textSize);
    }

    /// A box as it is shown.
    ///
    /// @param box where it lies
    /// @param text shown above it; may be empty
    /// @param colour that of the layer if there is none
    public record Item(Box box, String text, Optional<Colour> colour) {
        /// A box alone.
        public static Item of(Box box) {
            return new Item(box, "", Optional.empty());
        }
    }

    /// Boxes without texts.
    public static BoxLayer<Boxes> of(Out<Boxes> boxes) {
        return of(boxes, Boxes::boxes);
    }

    /// Boxes without texts, made of something else.
    public static <T> BoxLayer<T> of(Out<T> port, Function<? super T, ? extends List<Box>> boxes) {
        return ofItems(
                port, value -> boxes.apply(value).stream().map(Item::of).collect(ImmutableList.toImmutableList()));
    }

    /// Boxes with texts or colours of their own.
    public static <T> BoxLayer<T> ofItems(Out<T> port, Function<? super T, ? extends List<Item>> items) {
        return new BoxLayer<>(port, items, Colour.GREEN, 2, TextSize.STANDARD);
    }

    /// Objects with their scores, in the colours of their labels.
    public static BoxLayer<Detections> ofDetections(Out<Detections> detections) {
        return ofItems(
                detections,
                all -> all.detections().stream().map(BoxLayer::item).collect(ImmutableList.toImmutableList()));
    }

    private static Item item(Detection detection) {
        return new Item(
                detection.box(),
                String.format(Locale.ROOT, "%.2f", detection.score()),
                Optional.of(Colour.ofLabel(detection.label())));
    }

    /// In another colour.
    public BoxLayer<T> with(Colour newColour) {
        return new BoxLayer<>(port, read, newColour, thickness, textSize);
    }

    /// With thicker or thinner lines.
    public BoxLayer<T> withThickness(double points) {
        return new BoxLayer<>(port, read, colour, points, textSize);
    }

    /// With larger or smaller texts.
    public BoxLayer<T> withTextSize(double points) {
        return new BoxLayer<>(port, read, colour, thickness, points);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(port);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new ValueDrawing<>(port, read, this::draw);
    }

    private void draw(List<Item> items, Canvas canvas) {
        for (Item item : items) {
            draw(item, canvas);
        }
    }

    private void draw(Item item, Canvas canvas) {
        Camera camera = canvas.camera();
        double left = camera.screenX(item.box().x());
        double top = camera.screenY(item.box().y());
        double right = camera.screenX((double) item.box().x() + item.box().width());
        double bottom = camera.screenY((double) item.box().y() + item.box().height());
        if (right < 0 || bottom < 0 || left > camera.width() || top > camera.height()) {
            return;
        }
        Colour own = item.colour().orElse(colour);
        canvas.pen().frame(left, top, right - left, bottom - top, own, thickness);
        if (!item.text().isEmpty()) {
            canvas.tag(left - thickness / 2, top - thickness / 2, item.text(), textSize, own);
        }
    }
}
