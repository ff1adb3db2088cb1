// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import static org.lwjgl.system.MemoryUtil.NULL;

import java.util.Optional;
import org.fastpipeline.core.error.DisplayException;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.glfw.Callbacks;
import org.lwjgl.glfw.GLFW;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.Platform;

/// A window of the desktop. Made, used and closed by one thread; on macOS that is the first of the process.
///
/// GLFW itself stays open: it is the whole process's.
public final class GlfwSurface implements Surface {
    private static final String REMEDY = "Work without a window, or set DISPLAY to a display; "
            + "a program can be given one with 'xvfb-run', a remote shell with 'ssh -X'";

    private final long handle;

    private GlfwSurface(long handle) {
        this.handle = handle;
    }

    /// A window that is not visible yet.
    ///
    /// @param width columns of what is inside, in the desktop's units
    /// @param height rows
    /// @throws DisplayException if there is no display, or none with OpenGL 3.3
    public static GlfwSurface create(String title, int width, int height) {
        begin(title);
        GLFW.glfwDefaultWindowHints();
        GLFW.glfwWindowHint(GLFW.GLFW_VISIBLE, GLFW.GLFW_FALSE);
        GLFW.glfwWindowHint(GLFW.GLFW_SCALE_TO_MONITOR, GLFW.GLFW_TRUE);
        GLFW.glfwWindowHint(GLFW.GLFW_CONTEXT_VERSION_MAJOR, GlContext.MAJOR);
        GLFW.glfwWindowHint(GLFW.GLFW_CONTEXT_VERSION_MINOR, GlContext.MINOR);
        GLFW.glfwWindowHint(GLFW.GLFW_OPENGL_PROFILE, GLFW.GLFW_OPENGL_CORE_PROFILE);
        GLFW.glfwWindowHint(GLFW.GLFW_OPENGL_FORWARD_COMPAT, GLFW.GLFW_TRUE);
        GLFW.glfwWindowHint(GLFW.GLFW_OPENGL_DEBUG_CONTEXT, GLFW.GLFW_TRUE);
        long handle = GLFW.glfwCreateWindow(width, height, title, NULL, NULL);
        if (handle == NULL) {
            throw new DisplayException(
                    "window '" + title + "'",
                    "the desktop gave none with OpenGL 3.3 (" + problem().orElse("no reason given") + ")",
                    "Install a graphics driver; on Debian and Ubuntu: apt-get install libgl1 libgl1-mesa-dri",
                    null);
        }
        return new GlfwSurface(handle);
    }

    private static void begin(String title) {
        Lwjgl.prepare();
        boolean wayland = isSet("WAYLAND_DISPLAY");
        boolean x11 = isSet("DISPLAY");
        if (Platform.get() == Platform.LINUX && !wayland && !x11) {
            // GLFW would find that out too, but its search for Wayland complains on the error stream.
            throw noDisplay(title, "neither DISPLAY nor WAYLAND_DISPLAY is set", null);
        }
        boolean begun;
        try {
            if (x11 && !wayland) {
                GLFW.glfwInitHint(GLFW.GLFW_PLATFORM, GLFW.GLFW_PLATFORM_X11);
            }
            begun = GLFW.glfwInit();
        } catch (LinkageError missing) {
            throw noDisplay(title, "the library GLFW cannot be loaded", missing);
        }
        if (!begun) {
            throw noDisplay(title, problem().orElse("no reason given"), null);
        }
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isBlank();
    }

    private static DisplayException noDisplay(String title, String why, @Nullable Throwable cause) {
        return new DisplayException(
                "window '" + title + "'", "there is no display to show it on (" + why + ")", REMEDY, cause);
    }

    /// Fails if there is no display that windows can be shown on.
    ///
    /// @throws DisplayException if so
    public static void requirePossible() {
        begin("FAST");
    }

    /// Whether there is a display that windows can be shown on.
    public static boolean isPossible() {
        try {
            requirePossible();
            return true;
        } catch (DisplayException none) {
            return false;
        }
    }

    private static Optional<String> problem() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer text = stack.mallocPointer(1);
            int code = GLFW.glfwGetError(text);
            return code == GLFW.GLFW_NO_ERROR ? Optional.empty() : Optional.of(text.getStringUTF8(0));
        }
    }

    /// Its name in GLFW.
    public long handle() {
        return handle;
    }

    @Override
    public void bind() {
        GLFW.glfwMakeContextCurrent(handle);
    }

    @Override
    public void release() {
        GLFW.glfwMakeContextCurrent(NULL);
    }

    @Override
    public void close() {
        Callbacks.glfwFreeCallbacks(handle);
        GLFW.glfwDestroyWindow(handle);
    }
}
