// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.lwjgl.glfw.GLFW;
import org.lwjgl.system.MemoryStack;

/// How large a window is now. Desktops count differently: their own units, pixels, and points, which are pixels made
/// larger on fine displays so that a text can be read on all of them.
///
/// @param columns pixels across
/// @param rows pixels down
/// @param scale pixels for a point
/// @param unit pixels for one of the desktop's units, in which the pointer's place is told
record Screen(int columns, int rows, double scale, double unit) {
    static Screen of(long window) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer width = stack.mallocInt(1);
            IntBuffer height = stack.mallocInt(1);
            GLFW.glfwGetWindowSize(window, width, height);
            int units = Math.max(1, width.get(0));
            GLFW.glfwGetFramebufferSize(window, width, height);
            FloatBuffer scale = stack.mallocFloat(1);
            GLFW.glfwGetWindowContentScale(window, scale, null);
            return new Screen(width.get(0), height.get(0), Math.max(0.5, scale.get(0)), (double) width.get(0) / units);
        }
    }

    /// Points across.
    double width() {
        return columns / scale;
    }

    /// Points down.
    double height() {
        return rows / scale;
    }

    /// A place in the desktop's units, in points.
    double points(double units) {
        return units * unit / scale;
    }

    /// Whether there is nothing to draw on, as while it is minimised.
    boolean isEmpty() {
        return columns == 0 || rows == 0;
    }
}
