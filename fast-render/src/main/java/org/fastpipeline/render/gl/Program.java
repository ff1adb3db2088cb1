// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.DisplayException;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL20C;

/// A shader program that draws rectangles; what it paints is its fragment shader's.
///
/// The fragment shader gets `in vec2 at`, the place in the rectangle, 0 to 1 from left and top. Of one context; used
/// inside [GlContext#use].
public final class Program implements AutoCloseable {
    private static final String VERTEX = """
            #version 330 core
            uniform vec4 place; // left, top, right, bottom in clip space
            out vec2 at;
            void main() {
                at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
                gl_Position = vec4(mix(place.xy, place.zw, at), 0.0, 1.0);
            }
            """;

    private static final String VERSION = "#version 330 core\n";

    private final int id;

    private Program(int id) {
        this.id = id;
    }

    /// Compiles a program.
    ///
    /// @param fragment source of the fragment shader, less the line with the version
    /// @throws DisplayException if the graphics driver refuses it
    public static Program of(String fragment) {
        int vertexShader = GL20C.glCreateShader(GL20C.GL_VERTEX_SHADER);
        int fragmentShader = GL20C.glCreateShader(GL20C.GL_FRAGMENT_SHADER);
        Program program = new Program(GL20C.glCreateProgram());
        try {
            compile(vertexShader, VERTEX);
            compile(fragmentShader, VERSION + fragment);
            program.link(vertexShader, fragmentShader);
            return program;
        } catch (DisplayException failure) {
            program.close();
            throw failure;
        } finally {
            GL20C.glDeleteShader(vertexShader);
            GL20C.glDeleteShader(fragmentShader);
        }
    }

    private static void compile(int shader, String source) {
        GL20C.glShaderSource(shader, source);
        GL20C.glCompileShader(shader);
        if (GL20C.glGetShaderi(shader, GL20C.GL_COMPILE_STATUS) == GL11C.GL_FALSE) {
            throw refused(GL20C.glGetShaderInfoLog(shader));
        }
    }

    private void link(int vertexShader, int fragmentShader) {
        GL20C.glAttachShader(id, vertexShader);
        GL20C.glAttachShader(id, fragmentShader);
        GL20C.glLinkProgram(id);
        if (GL20C.glGetProgrami(id, GL20C.GL_LINK_STATUS) == GL11C.GL_FALSE) {
            throw refused(GL20C.glGetProgramInfoLog(id));
        }
    }

    private static DisplayException refused(String log) {
        return new DisplayException(
                "shader", "the graphics driver refused it: " + log.strip(), "Update the driver", null);
    }

    /// Begins its use, blended over what is drawn already; values for it are set after.
    public Program begin() {
        GL20C.glUseProgram(id);
        GL11C.glDisable(GL11C.GL_DEPTH_TEST);
        GL11C.glDisable(GL11C.GL_CULL_FACE);
        GL11C.glEnable(GL11C.GL_BLEND);
        GL11C.glBlendFunc(GL11C.GL_SRC_ALPHA, GL11C.GL_ONE_MINUS_SRC_ALPHA);
        return this;
    }

    /// Sets a whole number or the unit of a texture.
    public Program set(String name, int value) {
        GL20C.glUniform1i(GL20C.glGetUniformLocation(id, name), value);
        return this;
    }

    /// Sets a number.
    public Program set(String name, double value) {
        GL20C.glUniform1f(GL20C.glGetUniformLocation(id, name), (float) value);
        return this;
    }

    /// Sets a pair of numbers.
    public Program set(String name, double x, double y) {
        GL20C.glUniform2f(GL20C.glGetUniformLocation(id, name), (float) x, (float) y);
        return this;
    }

    /// Sets a vector.
    public Program set(String name, Vector3 value) {
        GL20C.glUniform3f(
                GL20C.glGetUniformLocation(id, name), (float) value.x(), (float) value.y(), (float) value.z());
        return this;
    }

    /// Sets an array of groups of four numbers.
    public Program set(String name, float[] groups) {
        GL20C.glUniform4fv(GL20C.glGetUniformLocation(id, name), groups);
        return this;
    }

    /// Draws a rectangle, given in clip space: -1 to 1 from left to right and from the bottom up.
    public void draw(double left, double top, double right, double bottom) {
        GL20C.glUniform4f(
                GL20C.glGetUniformLocation(id, "place"), (float) left, (float) top, (float) right, (float) bottom);
        GL11C.glDrawArrays(GL11C.GL_TRIANGLE_STRIP, 0, 4);
    }

    @Override
    public void close() {
        GL20C.glDeleteProgram(id);
    }
}
