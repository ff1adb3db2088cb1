// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL12C;
import org.lwjgl.opengl.GL13C;
import org.lwjgl.opengl.GL33C;

/// A picture that shaders read. Of one context; used inside [GlContext#use].
///
/// @param id its name in OpenGL
/// @param format how it holds pixels
/// @param width columns
/// @param height rows
public record Texture(int id, PixelFormat format, int width, int height) {
    static Texture create(PixelFormat format, int width, int height) {
        int id = GL11C.glGenTextures();
        GL11C.glBindTexture(GL11C.GL_TEXTURE_2D, id);
        GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, GL12C.GL_TEXTURE_MAX_LEVEL, 0);
        GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, GL11C.GL_TEXTURE_WRAP_S, GL12C.GL_CLAMP_TO_EDGE);
        GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, GL11C.GL_TEXTURE_WRAP_T, GL12C.GL_CLAMP_TO_EDGE);
        if (format.turned()) {
            GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, GL33C.GL_TEXTURE_SWIZZLE_R, GL11C.GL_BLUE);
            GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, GL33C.GL_TEXTURE_SWIZZLE_B, GL11C.GL_RED);
        }
        GL11C.glTexImage2D(
                GL11C.GL_TEXTURE_2D, 0, format.internal(), width, height, 0, format.format(), format.type(), 0L);
        return new Texture(id, format, width, height);
    }

    /// Makes it the one that shaders read as `unit`.
    ///
    /// @param smooth whether values between pixels are interpolated; never for labels
    public void bind(int unit, boolean smooth) {
        GL13C.glActiveTexture(GL13C.GL_TEXTURE0 + unit);
        GL11C.glBindTexture(GL11C.GL_TEXTURE_2D, id);
        int filter = smooth ? GL11C.GL_LINEAR : GL11C.GL_NEAREST;
        GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, GL11C.GL_TEXTURE_MIN_FILTER, filter);
        GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, GL11C.GL_TEXTURE_MAG_FILTER, filter);
    }

    boolean isOf(PixelFormat wanted, int columns, int rows) {
        return format.equals(wanted) && width == columns && height == rows;
    }

    void delete() {
        GL11C.glDeleteTextures(id);
    }
}
