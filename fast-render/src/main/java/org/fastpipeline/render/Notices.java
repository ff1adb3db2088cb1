// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.render.gl.GlContext;
import org.lwjgl.opengl.GL11C;

/// What a window says over its views: which keys there are, why a frame has failed, where a screenshot went.
final class Notices {
    /// A key and what it does.
    private record Key(String name, String effect) {}

    private static final ImmutableList<Key> KEYS = ImmutableList.of(
            new Key("drag", "move an image, turn a volume"),
            new Key("shift or right drag", "move"),
            new Key("wheel, + -", "closer, farther"),
            new Key("up, down", "the slice after, before"),
            new Key("R", "all of it again"),
            new Key("space", "pause, go on"),
            new Key("left, right", "the frame before, after"),
            new Key("S", "screenshot"),
            new Key("H", "this help"),
            new Key("Q, Esc", "close"));
    private static final double SIZE = 16;
    private static final double LINE = 22;
    private static final double MARGIN = 14;
    private static final Colour GROUND = new Colour(0, 0, 0, 0.7);
    private static final Colour BOARD = new Colour(0.1, 0.1, 0.1, 0.95);
    private static final int MOST_LINES = 6;

    private final Screen screen;
    private final double bar;
    private final Canvas canvas;

    /// Inside the use of the window's context.
    ///
    /// @param bar points that are taken at the bottom
    Notices(GlContext gl, Screen screen, double bar) {
        this.screen = screen;
        this.bar = bar;
        Extent all = new Extent(screen.width(), screen.height(), Vector3.ONE);
        this.canvas = new Canvas(gl, Camera.fit(all, screen.width(), screen.height()), all, screen.scale());
    }

    void draw(Caption caption, boolean helping, String said) {
        GL11C.glViewport(0, 0, screen.columns(), screen.rows());
        if (helping) {
            help(caption.dropped());
        }
        double bottom = screen.height() - bar - MARGIN;
        if (!said.isEmpty()) {
            bottom -= message(said, bottom, Colour.WHITE) + MARGIN;
        }
        if (!caption.failure().isEmpty()) {
            message(caption.failure(), bottom, Colour.ORANGE);
        }
        canvas.finish();
    }

    private void help(long dropped) {
        Pen pen = canvas.pen();
        double left = pen.textWidth(KEYS.stream().map(Key::name).toList(), SIZE);
        double right = pen.textWidth(KEYS.stream().map(Key::effect).toList(), SIZE);
        String count = dropped + (dropped == 1 ? " frame was" : " frames were") + " computed and not shown";
        double width = Math.max(left + MARGIN + right, pen.textWidth(count, SIZE)) + 2 * MARGIN;
        double height = (KEYS.size() + 1) * LINE + 2 * MARGIN;
        double x = Math.max(0, (screen.width() - width) / 2);
        double top = Math.max(0, (screen.height() - bar - height) / 2);
        pen.rectangle(x, top, width, height, 6, BOARD);
        double y = top + MARGIN + LINE / 2;
        for (Key key : KEYS) {
            pen.text(x + MARGIN, y, key.name(), Pen.Align.LEFT, SIZE, Colour.YELLOW);
            pen.text(x + 2 * MARGIN + left, y, key.effect(), Pen.Align.LEFT, SIZE, Colour.WHITE);
            y += LINE;
        }
        pen.text(x + MARGIN, y, count, Pen.Align.LEFT, SIZE, Colour.WHITE.withAlpha(0.7));
    }

    /// Writes a text above `bottom`.
    ///
    /// @return its height
    private double message(String text, double bottom, Colour colour) {
        Pen pen = canvas.pen();
        List<String> lines = pen.wrapped(text, SIZE, screen.width() - 4 * MARGIN, MOST_LINES);
        double height = lines.size() * LINE + 6;
        double top = bottom - height;
        pen.rectangle(MARGIN, top, pen.textWidth(lines, SIZE) + 2 * MARGIN, height, 4, GROUND);
        for (int i = 0; i < lines.size(); i++) {
            pen.text(2 * MARGIN, top + 3 + (i + 0.5) * LINE, lines.get(i), Pen.Align.LEFT, SIZE, colour);
        }
        return height;
    }
}
