// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.OptionalDouble;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.Program;
import org.jspecify.annotations.Nullable;

/// What a drawing draws on: a rectangle of a window or picture, and how the view looks at its plane or space. Valid
/// only while a drawing draws.
public final class Canvas {
    private final GlContext gl;
    private final double width;
    private final double height;
    private final double scale;
    private final @Nullable Flat flat;
    private final @Nullable Deep deep;
    private final Pen pen;
    private final Panels panels;

    /// Whether the pen has drawn what OpenGL does not know of yet.
    private boolean drawing;

    /// What a view of a plane shows.
    private record Flat(Extent plane, Camera camera) {}

    /// What a view of a space shows.
    private record Deep(Space space, SpaceCamera camera) {}

    private Canvas(GlContext gl, double width, double height, double scale, @Nullable Flat flat, @Nullable Deep deep) {
        this.gl = gl;
        this.width = width;
        this.height = height;
        this.scale = scale;
        this.flat = flat;
        this.deep = deep;
        this.pen = gl.shared(Pen.class, _ -> new Pen());
        this.panels = new Panels(width, height);
    }

    Canvas(GlContext gl, Camera camera, Extent plane, double scale) {
        this(gl, camera.width(), camera.height(), scale, new Flat(plane, camera), null);
    }

    Canvas(GlContext gl, SpaceCamera camera, Space space, double scale) {
        this(gl, camera.width(), camera.height(), scale, null, new Deep(space, camera));
    }

    /// The context that it is drawn in.
    public GlContext gl() {
        return gl;
    }

    /// Points across.
    public double width() {
        return width;
    }

    /// Points down.
    public double height() {
        return height;
    }

    /// How the plane is looked at.
    ///
    /// @throws WrongUseException in a view of a space
    public Camera camera() {
        return flat().camera;
    }

    /// What fills the view.
    ///
    /// @throws WrongUseException in a view of a space
    public Extent plane() {
        return flat().plane;
    }

    private Flat flat() {
        if (flat == null) {
            throw wrong("a plane", "a space", Ground.PLANE);
        }
        return flat;
    }

    /// How the space is looked at.
    ///
    /// @throws WrongUseException in a view of a plane
    public SpaceCamera spaceCamera() {
        return deep().camera;
    }

    /// What fills the view.
    ///
    /// @throws WrongUseException in a view of a plane
    public Space space() {
        return deep().space;
    }

    private Deep deep() {
        if (deep == null) {
            throw wrong("a space", "a plane", Ground.SPACE);
        }
        return deep;
    }

    private static WrongUseException wrong(String asked, String met, Ground ground) {
        return new WrongUseException(
                "canvas",
                "met a question about " + asked + " in a view of " + met,
                "Let the layer's ground() be " + ground + ", so that such a view refuses it");
    }

    /// How many points a millimetre is; nothing where the spacing is 1 mm along all axes, which stands for one that
    /// nobody knows.
    public OptionalDouble millimetre() {
        Vector3 spacing = deep != null ? deep.space.spacing() : flat().plane.spacing();
        double points = deep != null ? deep.camera.scale() : flat().camera.scale() / spacing.x();
        return spacing.equals(Vector3.ONE) ? OptionalDouble.empty() : OptionalDouble.of(points);
    }

    /// Draws lines and texts.
    public Pen pen() {
        if (!drawing) {
            pen.begin(width, height, scale);
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
        double inX = within(x, half, width);
        double inY = within(y, size / 2, height);
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
        double x = within(left + halfWidth, halfWidth, width);
        double y = within(bottom - halfHeight, halfHeight, height);
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
        Camera camera = camera();
        Extent seen = extent.in(plane());
        paint(
                program,
                camera.screenX(0),
                camera.screenY(0),
                camera.screenX(seen.width()),
                camera.screenY(seen.height()));
    }

    /// Lets a program that was begun paint a rectangle, in points.
    public void paint(Program program, double left, double top, double right, double bottom) {
        program.draw(2 * left / width - 1, 1 - 2 * top / height, 2 * right / width - 1, 1 - 2 * bottom / height);
    }

    /// Hands what the pen drew to OpenGL; before calling OpenGL oneself.
    public void finish() {
        if (drawing) {
            pen.end();
            drawing = false;
        }
    }
}
