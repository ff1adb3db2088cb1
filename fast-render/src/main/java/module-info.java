// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Windows and off-screen pictures that show what a pipeline makes while it works, on OpenGL through LWJGL.
///
/// The packages build on each other in this order: `gl`, `render`.
@NullMarked
@SuppressWarnings("requires-automatic") // Dear ImGui's jars name their modules, and are none
module org.fastpipeline.render {
    requires transitive org.fastpipeline.core;
    requires imgui.binding;
    requires imgui.lwjgl3;
    requires org.lwjgl;
    requires org.lwjgl.egl;
    requires org.lwjgl.glfw;
    requires org.lwjgl.nanovg;
    requires org.lwjgl.opengl;
    requires org.lwjgl.stb;
    requires static org.jspecify;

    exports org.fastpipeline.render;
    exports org.fastpipeline.render.gl;
}
