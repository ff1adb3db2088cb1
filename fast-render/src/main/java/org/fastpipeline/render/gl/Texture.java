// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL12C;
import org.lwjgl.opengl.GL13C;
import org.lwjgl.opengl.GL33C;

/// A picture or volume that shaders read. Of one context; used inside [GlContext#use].
///
/// @param id its name in OpenGL
/// @param target what it is to OpenGL: a 2-D texture for pictures, a 3-D one for volumes
/// @param format how it holds pixels
/// @param width columns
/// @param height rows
/// @param depth slices; 1 for a picture
public record Texture(int id, int target, PixelFormat format, int width, int height, int depth) {
    static Texture create(int target, PixelFormat format, int width, int height, int depth) {
        int id = GL11C.glGenTextures();
        GL11C.glBindTexture(target, id);
        GL11C.glTexParameteri(target, GL12C.GL_TEXTURE_MAX_LEVEL, 0);
        GL11C.glTexParameteri(target, GL11C.GL_TEXTURE_WRAP_S, GL12C.GL_CLAMP_TO_EDGE);
        GL11C.glTexParameteri(target, GL11C.GL_TEXTURE_WRAP_T, GL12C.GL_CLAMP_TO_EDGE);
        GL11C.glTexParameteri(target, GL12C.GL_TEXTURE_WRAP_R, GL12C.GL_CLAMP_TO_EDGE);
        if (format.turned()) {
            GL11C.glTexParameteri(target, GL33C.GL_TEXTURE_SWIZZLE_R, GL11C.GL_BLUE);
            GL11C.glTexParameteri(target, GL33C.GL_TEXTURE_SWIZZLE_B, GL11C.GL_RED);
        }
        if (target == GL12C.GL_TEXTURE_3D) {
            GL12C.glTexImage3D(
                    target, 0, format.internal(), width, height, depth, 0, format.format(), format.type(), 0L);
        } else {
            GL11C.glTexImage2D(target, 0, format.internal(), width, height, 0, format.format(), format.type(), 0L);
        }
        return new Texture(id, target, format, width, height, depth);
    }

    /// Makes it the one that shaders read as `unit`.
    ///
    /// @param smooth whether values between pixels are interpolated; never for labels
    public void bind(int unit, boolean smooth) {
        GL13C.glActiveTexture(GL13C.GL_TEXTURE0 + unit);
        GL11C.glBindTexture(target, id);
        int filter = smooth ? GL11C.GL_LINEAR : GL11C.GL_NEAREST;
        GL11C.glTexParameteri(target, GL11C.GL_TEXTURE_MIN_FILTER, filter);
        GL11C.glTexParameteri(target, GL11C.GL_TEXTURE_MAG_FILTER, filter);
    }

    /// How much it holds, about.
    long bytes() {
        return (long) width * height * depth * format.bytes();
    }

    boolean isOf(int wantedTarget, PixelFormat wanted, int columns, int rows, int slices) {
        return target == wantedTarget && format.equals(wanted) && width == columns && height == rows && depth == slices;
    }

    void delete() {
        GL11C.glDeleteTextures(id);
    }
}
