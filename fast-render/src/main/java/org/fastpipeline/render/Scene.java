// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.render.gl.GlContext;
import org.jspecify.annotations.Nullable;
import org.lwjgl.opengl.GL11C;

/// A view in a context of OpenGL, with the camera that looks at it. Used inside [GlContext#use].
final class Scene implements AutoCloseable {
    private final GlContext gl;
    private final View view;
    private final ImmutableList<Drawing> drawings;

    /// What fills the view; none before the first frame.
    private @Nullable Extent extent;

    /// Where somebody has moved it to; none while all is to be seen.
    private @Nullable Camera moved;

    Scene(View view, GlContext gl) {
        this.gl = gl;
        this.view = view;
        this.drawings = view.layers().stream().map(layer -> layer.open(gl)).collect(ImmutableList.toImmutableList());
    }

    View view() {
        return view;
    }

    void take(Values values) {
        drawings.forEach(drawing -> drawing.take(values));
        Optional<Extent> now =
                drawings.stream().flatMap(drawing -> drawing.extent().stream()).findFirst();
        if (now.isPresent() && !now.get().equals(extent)) {
            extent = now.get();
            moved = null;
        }
    }

    /// What the view shows; nothing before the first frame.
    Optional<Extent> extent() {
        return Optional.ofNullable(extent);
    }

    /// How it is looked at in a place of that size, in points.
    Camera camera(double width, double height) {
        Camera whole = Camera.fit(shown(width, height), width, height);
        return moved == null ? whole : new Camera(moved.x(), moved.y(), moved.scale(), whole.stretch(), width, height);
    }

    private Extent shown(double width, double height) {
        return extent != null ? extent : new Extent(width, height, Vector3.ONE);
    }

    /// Looks at it in another way from now on.
    void move(double width, double height, UnaryOperator<Camera> change) {
        moved = change.apply(camera(width, height));
    }

    /// Shows all of it again.
    void recentre() {
        moved = null;
    }

    /// Draws the layers on what is bound, in a place of it.
    ///
    /// @param place in points
    /// @param scale pixels for a point
    void draw(Place place, double scale) {
        int x = (int) Math.round(place.x() * scale);
        int width = (int) Math.round(place.width() * scale);
        int height = (int) Math.round(place.height() * scale);
        int bottom = (int) Math.round((place.outerHeight() - place.y() - place.height()) * scale);
        GL11C.glViewport(x, bottom, width, height);
        GL11C.glEnable(GL11C.GL_SCISSOR_TEST);
        GL11C.glScissor(x, bottom, width, height);
        Colour colour = view.background();
        GL11C.glClearColor((float) colour.red(), (float) colour.green(), (float) colour.blue(), 1);
        GL11C.glClear(GL11C.GL_COLOR_BUFFER_BIT | GL11C.GL_STENCIL_BUFFER_BIT);
        Canvas canvas =
                new Canvas(gl, camera(place.width(), place.height()), shown(place.width(), place.height()), scale);
        for (Drawing drawing : drawings) {
            drawing.draw(canvas);
        }
        canvas.finish();
        GL11C.glDisable(GL11C.GL_SCISSOR_TEST);
    }

    @Override
    public void close() {
        drawings.forEach(Drawing::close);
    }
}
