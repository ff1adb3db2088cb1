// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.fastpipeline.core.error.DisplayException;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;
import org.lwjgl.opengl.GL;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL30C;
import org.lwjgl.opengl.GL43C;
import org.lwjgl.opengl.GLCapabilities;
import org.lwjgl.opengl.GLDebugMessageCallback;
import org.lwjgl.opengl.KHRDebug;

/// A context of OpenGL 3.3 or newer: the right to draw, and what all who draw in it share.
///
/// Whoever has one may call OpenGL inside [#use], on one thread at a time; that thread is the gl lane's, or the one
/// that a window is shown on. What is made in a context belongs to it, and ends with it at the latest.
public final class GlContext implements AutoCloseable {
    static final int MAJOR = 3;
    static final int MINOR = 3;

    private final Surface surface;
    private final GLCapabilities capabilities;
    private final @Nullable GLDebugMessageCallback debug;
    private final TexturePool textures = new TexturePool();
    private final Map<String, Program> programs = new HashMap<>();
    private final Map<Class<?>, AutoCloseable> shared = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final int vertices;
    private @Nullable Thread user;

    private GlContext(Surface surface) {
        this.surface = surface;
        surface.bind();
        try {
            Lwjgl.loadOpenGl();
            this.capabilities = GL.createCapabilities(true);
            this.debug = listen();
            this.vertices = GL30C.glGenVertexArrays();
        } finally {
            GL.setCapabilities(null);
            surface.release();
        }
    }

    /// A context without a window.
    ///
    /// @throws DisplayException if the machine has no OpenGL 3.3 that works without one
    public static GlContext offscreen() {
        return of(EglSurface.create());
    }

    /// A context on `surface`, which is closed with it, and at once if there is none.
    public static GlContext of(Surface surface) {
        try {
            return new GlContext(surface);
        } catch (RuntimeException failure) {
            surface.close();
            throw failure;
        }
    }

    private @Nullable GLDebugMessageCallback listen() {
        if (!capabilities.GL_KHR_debug) {
            return null;
        }
        GLDebugMessageCallback listener =
                GLDebugMessageCallback.create((source, type, id, severity, length, text, _) -> {
                    if (type == GL43C.GL_DEBUG_TYPE_ERROR) {
                        complaints.add(
                                GLDebugMessageCallback.getMessage(length, text).strip());
                    }
                });
        GL11C.glEnable(GL43C.GL_DEBUG_OUTPUT_SYNCHRONOUS);
        KHRDebug.glDebugMessageCallback(listener, 0);
        return listener;
    }

    /// Something that is done with OpenGL.
    ///
    /// @param <E> what it may throw
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /// Does it.
        T run() throws E;
    }

    /// Lets the current thread call OpenGL during `work`.
    ///
    /// @throws DisplayException if OpenGL complained of a call
    public <T, E extends Exception> T use(Work<T, E> work) throws E {
        if (user != null) {
            throw new WrongUseException(
                    "OpenGL context",
                    "met thread " + Thread.currentThread().getName() + " while " + user.getName()
                            + " uses it; needed one at a time",
                    "Draw on the gl lane only");
        }
        surface.bind();
        GL.setCapabilities(capabilities);
        user = Thread.currentThread();
        boolean done = false;
        try {
            GL30C.glBindVertexArray(vertices);
            T result = work.run();
            done = true;
            check();
            return result;
        } finally {
            if (!done) {
                complaints(); // Those of work that failed are not to fail the next.
            }
            user = null;
            GL.setCapabilities(null);
            surface.release();
        }
    }

    /// Fails if OpenGL has complained of a call since it was asked last.
    public void check() {
        List<String> all = complaints();
        if (!all.isEmpty()) {
            throw new DisplayException(
                    "OpenGL (" + name() + ")", String.join("; ", all), "Update the graphics driver", null);
        }
    }

    /// What it has complained of since it was asked last.
    private List<String> complaints() {
        for (int error = GL11C.glGetError(); error != GL11C.GL_NO_ERROR; error = GL11C.glGetError()) {
            complaints.add("error 0x" + Integer.toHexString(error));
        }
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /// Who draws: the driver's name for the graphics card, and the version. Inside [#use].
    public String name() {
        return GL11C.glGetString(GL11C.GL_RENDERER) + ", OpenGL " + GL11C.glGetString(GL11C.GL_VERSION);
    }

    /// Textures for frames.
    public TexturePool textures() {
        return textures;
    }

    /// The program with a fragment shader, made when it is first asked for. Inside [#use].
    ///
    /// @param fragment as for [Program#of]
    public Program program(String fragment) {
        return programs.computeIfAbsent(fragment, Program::of);
    }

    /// The one `T` of this context, made when it is first asked for and closed with the context, such as a font.
    ///
    /// @param make runs inside [#use]
    public <T extends AutoCloseable> T shared(Class<T> type, Function<GlContext, T> make) {
        AutoCloseable known = shared.get(type);
        if (known == null) {
            known = make.apply(this);
            shared.put(type, known);
        }
        return Objects.requireNonNull(type.cast(known));
    }

    /// Gives back all that was made in it. On any thread, outside [#use]; once.
    @Override
    public void close() {
        try {
            use(() -> {
                for (AutoCloseable one : shared.values()) {
                    one.close();
                }
                programs.values().forEach(Program::close);
                textures.close();
                GL30C.glDeleteVertexArrays(vertices);
                if (debug != null) {
                    KHRDebug.glDebugMessageCallback(null, 0);
                    debug.free();
                }
                return vertices;
            });
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("closing what a context shares", failure);
        } finally {
            surface.close();
        }
    }
}
