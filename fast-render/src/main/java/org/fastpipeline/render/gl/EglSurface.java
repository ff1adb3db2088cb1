// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import static org.lwjgl.egl.EGL10.EGL_BLUE_SIZE;
import static org.lwjgl.egl.EGL10.EGL_GREEN_SIZE;
import static org.lwjgl.egl.EGL10.EGL_HEIGHT;
import static org.lwjgl.egl.EGL10.EGL_NONE;
import static org.lwjgl.egl.EGL10.EGL_NO_CONTEXT;
import static org.lwjgl.egl.EGL10.EGL_NO_DISPLAY;
import static org.lwjgl.egl.EGL10.EGL_NO_SURFACE;
import static org.lwjgl.egl.EGL10.EGL_PBUFFER_BIT;
import static org.lwjgl.egl.EGL10.EGL_RED_SIZE;
import static org.lwjgl.egl.EGL10.EGL_SURFACE_TYPE;
import static org.lwjgl.egl.EGL10.EGL_TRUE;
import static org.lwjgl.egl.EGL10.EGL_WIDTH;
import static org.lwjgl.egl.EGL12.EGL_RENDERABLE_TYPE;
import static org.lwjgl.egl.EGL14.EGL_DEFAULT_DISPLAY;
import static org.lwjgl.egl.EGL14.EGL_OPENGL_API;
import static org.lwjgl.egl.EGL14.EGL_OPENGL_BIT;
import static org.lwjgl.egl.EGL15.EGL_CONTEXT_MAJOR_VERSION;
import static org.lwjgl.egl.EGL15.EGL_CONTEXT_MINOR_VERSION;
import static org.lwjgl.egl.EGL15.EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT;
import static org.lwjgl.egl.EGL15.EGL_CONTEXT_OPENGL_DEBUG;
import static org.lwjgl.egl.EGL15.EGL_CONTEXT_OPENGL_PROFILE_MASK;
import static org.lwjgl.system.MemoryUtil.NULL;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.DisplayException;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.egl.EGL;
import org.lwjgl.egl.EGL10;
import org.lwjgl.egl.EGL12;
import org.lwjgl.egl.EGLCapabilities;
import org.lwjgl.system.JNI;
import org.lwjgl.system.MemoryStack;

/// A context of EGL that nobody sees. No display is needed: the surfaceless platform is taken where there is one,
/// a pbuffer of the default display else.
///
/// The connection to EGL's display is the whole process's and stays open: to end it would end all contexts.
final class EglSurface implements Surface {
    private static final String WHAT = "off-screen drawing";
    private static final String REMEDY =
            "Install a graphics driver with EGL; on Debian and Ubuntu: apt-get install libegl1 libgl1-mesa-dri";

    private static final String SURFACELESS = "EGL_MESA_platform_surfaceless";
    private static final int PLATFORM_SURFACELESS = 0x31DD; // of that extension, which LWJGL does not list

    private final long display;
    private final long context;
    private final long buffer;

    private EglSurface(long display, long context, long buffer) {
        this.display = display;
        this.context = context;
        this.buffer = buffer;
    }

    /// @throws DisplayException if there is no EGL, or none that can do it
    static EglSurface create() {
        EGLCapabilities client = client();
        List<String> problems = new ArrayList<>();
        if (client.EGL15 && extensions().contains(SURFACELESS)) {
            long display = JNI.callPPP(PLATFORM_SURFACELESS, EGL_DEFAULT_DISPLAY, NULL, client.eglGetPlatformDisplay);
            EglSurface surface = create(display, false, problems);
            if (surface != null) {
                return surface;
            }
        } else {
            problems.add("no surfaceless platform");
        }
        EglSurface surface = create(EGL10.eglGetDisplay(EGL_DEFAULT_DISPLAY), true, problems);
        if (surface == null) {
            throw new DisplayException(WHAT, "EGL gave no context (" + String.join("; ", problems) + ")", REMEDY, null);
        }
        return surface;
    }

    private static String extensions() {
        String all = EGL10.eglQueryString(EGL_NO_DISPLAY, EGL10.EGL_EXTENSIONS);
        return all == null ? "" : all;
    }

    private static EGLCapabilities client() {
        try {
            Lwjgl.loadEgl(); // Before any other class of EGL: those ask the library what there is.
            return EGL.getCapabilities();
        } catch (LinkageError | RuntimeException missing) {
            throw new DisplayException(WHAT, "the library EGL (libEGL.so.1) cannot be loaded", REMEDY, missing);
        }
    }

    private static @Nullable EglSurface create(long display, boolean withBuffer, List<String> problems) {
        String platform = withBuffer ? "default display" : "surfaceless platform";
        if (display == EGL_NO_DISPLAY) {
            problems.add(platform + ": none");
            return null;
        }
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer major = stack.mallocInt(1);
            IntBuffer minor = stack.mallocInt(1);
            if (!EGL10.eglInitialize(display, major, minor)) {
                problems.add(platform + ": not initialised, " + error());
                return null;
            }
            EGL.createDisplayCapabilities(display, major.get(0), minor.get(0));
            EGL12.eglBindAPI(EGL_OPENGL_API);
            PointerBuffer config = stack.mallocPointer(1);
            IntBuffer count = stack.mallocInt(1);
            boolean found = EGL10.eglChooseConfig(display, attributes(stack), config, count);
            if (!found || count.get(0) == 0) {
                problems.add(platform + ": no configuration for OpenGL");
                return null;
            }
            long context = EGL10.eglCreateContext(display, config.get(0), EGL_NO_CONTEXT, version(stack));
            if (context == EGL_NO_CONTEXT) {
                problems.add(platform + ": no context of OpenGL 3.3, " + error());
                return null;
            }
            long buffer = withBuffer
                    ? EGL10.eglCreatePbufferSurface(
                            display, config.get(0), stack.ints(EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE))
                    : EGL_NO_SURFACE;
            return new EglSurface(display, context, buffer);
        }
    }

    private static IntBuffer attributes(MemoryStack stack) {
        return stack.ints(
                EGL_SURFACE_TYPE,
                EGL_PBUFFER_BIT,
                EGL_RENDERABLE_TYPE,
                EGL_OPENGL_BIT,
                EGL_RED_SIZE,
                8,
                EGL_GREEN_SIZE,
                8,
                EGL_BLUE_SIZE,
                8,
                EGL_NONE);
    }

    private static IntBuffer version(MemoryStack stack) {
        return stack.ints(
                EGL_CONTEXT_MAJOR_VERSION,
                GlContext.MAJOR,
                EGL_CONTEXT_MINOR_VERSION,
                GlContext.MINOR,
                EGL_CONTEXT_OPENGL_PROFILE_MASK,
                EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                EGL_CONTEXT_OPENGL_DEBUG,
                EGL_TRUE,
                EGL_NONE);
    }

    private static String error() {
        return "error 0x" + Integer.toHexString(EGL10.eglGetError());
    }

    @Override
    public void bind() {
        EGL12.eglBindAPI(EGL_OPENGL_API);
        if (!EGL10.eglMakeCurrent(display, buffer, buffer, context)) {
            throw new DisplayException(WHAT, "the context cannot be used by this thread, " + error(), REMEDY, null);
        }
    }

    @Override
    public void release() {
        EGL12.eglBindAPI(EGL_OPENGL_API);
        EGL10.eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }

    @Override
    public void close() {
        EGL10.eglDestroyContext(display, context);
        if (buffer != EGL_NO_SURFACE) {
            EGL10.eglDestroySurface(display, buffer);
        }
    }
}
