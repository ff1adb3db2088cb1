// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.Program;

/// What a drawing draws on: a rectangle of a window or picture, and how the view looks at its plane. Valid only while
/// a drawing draws.
public final class Canvas {
    private final GlContext gl;
    private final Camera camera;
    private final Extent plane;
    private final double scale;
    private final Pen pen;
    private final Panels panels;

    /// Whether the pen has drawn what OpenGL does not know of yet.
    private boolean drawing;

    Canvas(GlContext gl, Camera camera, Extent plane, double scale) {
        this.gl = gl;
        this.camera = camera;
        this.plane = plane;
        this.scale = scale;
        this.pen = gl.shared(Pen.class, _ -> new Pen());
        this.panels = new Panels(camera.width(), camera.height());
    }

    /// The context that it is drawn in.
    public GlContext gl() {
        return gl;
    }

    /// How the plane is looked at.
    public Camera camera() {
        return camera;
    }

    /// What fills the view.
    public Extent plane() {
        return plane;
    }

    /// Draws lines and texts.
    public Pen pen() {
        if (!drawing) {
            pen.begin(camera.width(), camera.height(), scale);
            drawing = true;
        }
        return pen;
    }

    /// What stands in the corners so far.
    Panels panels() {
        return panels;
    }

    /// Writes a word on the plane; all of it stays in the view as far as it fits there.
    ///
    /// @param x of its middle, in points
    /// @param y of its middle, in points
    /// @param size height of a line of text, in points
    public void label(double x, double y, String text, double size, Colour colour) {
        double half = pen().textWidth(text, size) / 2;
        double inX = within(x, half, camera.width());
        double inY = within(y, size / 2, camera.height());
        pen().text(inX, inY, text, Pen.Align.CENTRE, size, colour);
    }

    /// Writes a word in black or white on a ground of its own; all of it stays in the view as far as it fits there.
    ///
    /// @param left where the ground begins, in points
    /// @param bottom where it ends, in points
    /// @param size height of a line of text, in points
    public void tag(double left, double bottom, String text, double size, Colour ground) {
        double margin = size / 4;
        double halfWidth = pen().textWidth(text, size) / 2 + margin;
        double halfHeight = TextSize.line(size) / 2;
        double x = within(left + halfWidth, halfWidth, camera.width());
        double y = within(bottom - halfHeight, halfHeight, camera.height());
        pen().rectangle(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight, 2, ground);
        pen().plainText(x, y, text, Pen.Align.CENTRE, size, ground.isLight() ? Colour.BLACK : Colour.WHITE);
    }

    private static double within(double middle, double half, double length) {
        return 2 * half > length ? half : Math.clamp(middle, half, length - half);
    }

    /// Begins the use of a program of the context, over all that is drawn so far; what it reads is set and bound next,
    /// and [#paint] ends it.
    ///
    /// @param fragment as for [Program#of]
    public Program begin(String fragment) {
        finish();
        return gl.program(fragment).begin();
    }

    /// Lets a program that was begun paint what `extent` fills.
    public void paint(Program program, Extent extent) {
        Extent seen = extent.in(plane);
        program.draw(
                2 * camera.screenX(0) / camera.width() - 1,
                1 - 2 * camera.screenY(0) / camera.height(),
                2 * camera.screenX(seen.width()) / camera.width() - 1,
                1 - 2 * camera.screenY(seen.height()) / camera.height());
    }

    /// Hands what the pen drew to OpenGL; before calling OpenGL oneself.
    public void finish() {
        if (drawing) {
            pen.end();
            drawing = false;
        }
    }
}
