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

    /// Whether the pen has drawn what OpenGL does not know of yet.
    private boolean drawing;

    Canvas(GlContext gl, Camera camera, Extent plane, double scale) {
        this.gl = gl;
        this.camera = camera;
        this.plane = plane;
        this.scale = scale;
        this.pen = gl.shared(Pen.class, _ -> new Pen());
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

    /// Lets a program paint what `extent` fills, over all that is drawn so far.
    public void paint(Program program, Extent extent) {
        finish();
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
