// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.render.gl.GlContext;
import org.lwjgl.opengl.GL11C;

/// A view in a context of OpenGL, with how it is looked at. Used inside [GlContext#use].
final class Scene implements AutoCloseable {
    private final GlContext gl;
    private final View view;
    private final ImmutableList<Drawing> drawings;

    private final Sight sight;

    Scene(View view, GlContext gl) {
        this.gl = gl;
        this.view = view;
        this.sight = Sight.of(view);
        this.drawings = view.layers().stream().map(layer -> layer.open(gl)).collect(ImmutableList.toImmutableList());
    }

    View view() {
        return view;
    }

    void take(Values values) {
        drawings.forEach(drawing -> drawing.take(values));
        sight.take(drawings);
    }

    /// How it is looked at.
    Sight sight() {
        return sight;
    }

    /// Goes so many slices farther, in what shows one of several.
    void slide(int slices) {
        drawings.forEach(drawing -> drawing.slide(slices));
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
        Canvas canvas = sight.canvas(gl, place.width(), place.height(), scale);
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
