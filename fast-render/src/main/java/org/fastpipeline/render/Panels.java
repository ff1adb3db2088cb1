// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Shares out the corners of a view among what stands there. All sizes in points.
final class Panels {
    /// Between panels, and from them to the edges of the view.
    static final double MARGIN = 6;

    /// From the edge of a panel to what stands in it.
    static final double PADDING = 5;

    /// What letters stand on.
    static final Colour GROUND = Colour.BLACK.withAlpha(0.6);

    private static final double ROUNDING = 4;

    private final double width;
    private final double height;
    private final Map<Corner, Double> taken = new EnumMap<>(Corner.class);

    Panels(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /// The inside of a panel.
    record Panel(double x, double y, double width, double height) {}

    /// How wide and high the inside of the next panel in a corner can be.
    Panel room(Corner corner) {
        return new Panel(0, 0, width - 2 * (MARGIN + PADDING), height - taken(corner) - 2 * (MARGIN + PADDING));
    }

    /// Draws a panel for something of that size; nothing if there is no room for it.
    Optional<Panel> add(Corner corner, double innerWidth, double innerHeight, Pen pen) {
        Panel room = room(corner);
        if (innerWidth <= 0 || innerHeight <= 0 || innerWidth > room.width || innerHeight > room.height) {
            return Optional.empty();
        }
        double outerWidth = innerWidth + 2 * PADDING;
        double outerHeight = innerHeight + 2 * PADDING;
        double x = corner.isLeft() ? MARGIN : width - MARGIN - outerWidth;
        double y = corner.isTop() ? taken(corner) + MARGIN : height - taken(corner) - MARGIN - outerHeight;
        taken.put(corner, taken(corner) + outerHeight + MARGIN);
        pen.rectangle(x, y, outerWidth, outerHeight, ROUNDING, GROUND);
        return Optional.of(new Panel(x + PADDING, y + PADDING, innerWidth, innerHeight));
    }

    private double taken(Corner corner) {
        return taken.getOrDefault(corner, 0.0);
    }
}
