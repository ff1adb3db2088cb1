// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.DisplayException;
import org.fastpipeline.core.memory.Allocator;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL30C;

/// Something to draw on that can be read back. Of one context; used inside [GlContext#use].
public final class Picture implements AutoCloseable {
    private final int width;
    private final int height;
    private final int frame = GL30C.glGenFramebuffers();
    private final int colour = GL30C.glGenRenderbuffers();
    private final int stencil = GL30C.glGenRenderbuffers();

    /// @param width columns
    /// @param height rows
    public Picture(int width, int height) {
        this.width = width;
        this.height = height;
        GL30C.glBindRenderbuffer(GL30C.GL_RENDERBUFFER, colour);
        GL30C.glRenderbufferStorage(GL30C.GL_RENDERBUFFER, GL11C.GL_RGBA8, width, height);
        GL30C.glBindRenderbuffer(GL30C.GL_RENDERBUFFER, stencil);
        GL30C.glRenderbufferStorage(GL30C.GL_RENDERBUFFER, GL30C.GL_DEPTH24_STENCIL8, width, height);
        GL30C.glBindFramebuffer(GL30C.GL_FRAMEBUFFER, frame);
        GL30C.glFramebufferRenderbuffer(
                GL30C.GL_FRAMEBUFFER, GL30C.GL_COLOR_ATTACHMENT0, GL30C.GL_RENDERBUFFER, colour);
        GL30C.glFramebufferRenderbuffer(
                GL30C.GL_FRAMEBUFFER, GL30C.GL_DEPTH_STENCIL_ATTACHMENT, GL30C.GL_RENDERBUFFER, stencil);
        int status = GL30C.glCheckFramebufferStatus(GL30C.GL_FRAMEBUFFER);
        if (status != GL30C.GL_FRAMEBUFFER_COMPLETE) {
            throw new DisplayException(
                    "picture of " + width + " x " + height,
                    "OpenGL cannot draw on it, status 0x" + Integer.toHexString(status),
                    "Take a smaller one",
                    null);
        }
    }

    /// Columns.
    public int width() {
        return width;
    }

    /// Rows.
    public int height() {
        return height;
    }

    /// Makes it what is drawn on.
    public void bind() {
        GL30C.glBindFramebuffer(GL30C.GL_FRAMEBUFFER, frame);
        GL11C.glViewport(0, 0, width, height);
    }

    /// What was drawn, as 8-bit RGB, rows from the top.
    public Image read(Allocator memory) {
        return read(width, height, memory);
    }

    /// What is drawn on what is bound now: a picture or a window.
    public static Image read(int width, int height, Allocator memory) {
        Image image = Image.allocate(ImageSpec.of(width, height, ChannelOrder.RGB, ElementType.U8), memory);
        MemorySegment pixels = image.writablePixels();
        GL11C.glPixelStorei(GL11C.GL_PACK_ALIGNMENT, 1);
        GL11C.nglReadPixels(0, 0, width, height, GL11C.GL_RGB, GL11C.GL_UNSIGNED_BYTE, pixels.address());
        turnOver(pixels, image.spec().rowStride(), height);
        return image;
    }

    /// OpenGL's rows begin at the bottom.
    private static void turnOver(MemorySegment pixels, long row, int rows) {
        MemorySegment spare = MemorySegment.ofArray(new byte[Math.toIntExact(row)]);
        for (int y = 0; y < rows / 2; y++) {
            long upper = y * row;
            long lower = (rows - 1 - y) * row;
            MemorySegment.copy(pixels, upper, spare, 0, row);
            MemorySegment.copy(pixels, lower, pixels, upper, row);
            MemorySegment.copy(spare, 0, pixels, lower, row);
        }
    }

    @Override
    public void close() {
        GL30C.glDeleteFramebuffers(frame);
        GL30C.glDeleteRenderbuffers(colour);
        GL30C.glDeleteRenderbuffers(stencil);
    }
}
