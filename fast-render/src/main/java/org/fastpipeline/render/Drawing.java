// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;

/// A layer in a context of OpenGL: what it keeps of the last frame, and how it draws that.
///
/// A frame is taken once and drawn as often as the window wants, by one thread, inside
/// [org.fastpipeline.render.gl.GlContext#use].
public interface Drawing extends AutoCloseable {
    /// Takes over what it needs of a frame, whose values are gone when it returns. What the frame has no value for is
    /// not drawn.
    void take(Values values);

    /// The plane that it fills, if it fills one; the first layer that does so decides what a view shows.
    default Optional<Extent> extent() {
        return Optional.empty();
    }

    /// The space that it fills, if it fills one; the first layer that does so decides what a view shows.
    default Optional<Space> space() {
        return Optional.empty();
    }

    /// Goes so many slices farther, if it shows one of several.
    default void slide(int slices) {}

    /// Draws what it took last.
    void draw(Canvas canvas);

    /// Gives back what it keeps.
    @Override
    default void close() {}
}
