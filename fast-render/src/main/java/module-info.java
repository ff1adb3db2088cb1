// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Windows and off-screen pictures that show what a pipeline makes while it works, on OpenGL through LWJGL.
///
/// The packages build on each other in this order: `gl`, `render`.
@NullMarked
module org.fastpipeline.render {
    requires transitive org.fastpipeline.core;
    requires org.lwjgl;
    requires org.lwjgl.egl;
    requires org.lwjgl.glfw;
    requires org.lwjgl.nanovg;
    requires org.lwjgl.nuklear;
    requires org.lwjgl.opengl;
    requires static org.jspecify;

    exports org.fastpipeline.render;
    exports org.fastpipeline.render.gl;
}
