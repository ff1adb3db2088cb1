// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.render.gl.GlContext;
import org.lwjgl.opengl.GL11C;

/// What a window says over its views: which keys there are, why a frame has failed, where a screenshot went.
final class Notices {
    /// A key and what it does.
    private record Key(String name, String effect) {}

    private static final ImmutableList<Key> KEYS = ImmutableList.of(
            new Key("drag", "move the view"),
            new Key("wheel, + -", "closer, farther"),
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
        double y = screen.height() - bar - MARGIN - LINE / 2;
        if (!said.isEmpty()) {
            line(said, y, Colour.WHITE);
            y -= LINE + MARGIN;
        }
        if (!caption.failure().isEmpty()) {
            line(caption.failure(), y, Colour.ORANGE);
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
        pen.rectangle(x, top, width, height, 6, GROUND);
        double y = top + MARGIN + LINE / 2;
        for (Key key : KEYS) {
            pen.text(x + MARGIN, y, key.name(), Pen.Align.LEFT, SIZE, Colour.YELLOW);
            pen.text(x + 2 * MARGIN + left, y, key.effect(), Pen.Align.LEFT, SIZE, Colour.WHITE);
            y += LINE;
        }
        pen.text(x + MARGIN, y, count, Pen.Align.LEFT, SIZE, Colour.WHITE.withAlpha(0.7));
    }

    private void line(String text, double y, Colour colour) {
        Pen pen = canvas.pen();
        double most = screen.width() - 4 * MARGIN;
        String shown = text;
        while (shown.length() > 1 && pen.textWidth(shown, SIZE) > most) {
            shown = shown.substring(0, shown.length() - 2) + "…";
        }
        pen.rectangle(MARGIN, y - LINE / 2 - 3, pen.textWidth(shown, SIZE) + 2 * MARGIN, LINE + 6, 4, GROUND);
        pen.text(2 * MARGIN, y, shown, Pen.Align.LEFT, SIZE, colour);
    }
}
