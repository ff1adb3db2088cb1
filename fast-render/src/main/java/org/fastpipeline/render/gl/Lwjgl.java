// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import org.fastpipeline.core.error.DisplayException;
import org.lwjgl.egl.EGL;
import org.lwjgl.opengl.GL;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.FunctionProvider;
import org.lwjgl.system.Platform;

/// How LWJGL is set up, before the first class of it that works is used. What somebody else has set up stays.
final class Lwjgl {
    private static final String FOREIGN_MEMORY = "ffm";
    private static final String GLX = "glXGetProcAddress";

    private Lwjgl() {}

    /// Lets it use the JDK's foreign memory, since its own choice is `Unsafe`, of which the JDK warns; and on Linux
    /// lets it wait for a [DriverLibrary].
    static void prepare() {
        set(Configuration.MEMORY_BACKEND, FOREIGN_MEMORY);
        if (Platform.get() == Platform.LINUX) {
            set(Configuration.EGL_EXPLICIT_INIT, true);
            set(Configuration.OPENGL_EXPLICIT_INIT, true);
        }
    }

    private static <T> void set(Configuration<T> setting, T value) {
        if (setting.get() == null) {
            setting.set(value);
        }
    }

    /// Has the functions of EGL there.
    ///
    /// @throws IllegalArgumentException if the library cannot be loaded
    /// @throws LinkageError if the library cannot be loaded
    static synchronized void loadEgl() {
        prepare();
        try {
            EGL.getFunctionProvider();
        } catch (IllegalStateException notYet) {
            EGL.create(egl());
        }
    }

    /// Has the functions of OpenGL there.
    ///
    /// @throws DisplayException if no library has them
    static synchronized void loadOpenGl() {
        prepare();
        if (GL.getFunctionProvider() == null) {
            GL.create(openGl());
        }
    }

    private static FunctionProvider egl() {
        return DriverLibrary.load("libEGL.so.1", "eglGetProcAddress");
    }

    private static FunctionProvider openGl() {
        for (String name : new String[] {"libGLX.so.0", "libGL.so.1"}) {
            try {
                return DriverLibrary.load(name, GLX);
            } catch (IllegalArgumentException missing) {
                // The next one, or a machine without X.
            }
        }
        try {
            return egl();
        } catch (IllegalArgumentException missing) {
            throw new DisplayException(
                    "OpenGL",
                    "none of the libraries libGLX.so.0, libGL.so.1 and libEGL.so.1 can be loaded",
                    "Install a graphics driver; on Debian and Ubuntu: apt-get install libgl1 libgl1-mesa-dri",
                    missing);
        }
    }
}
