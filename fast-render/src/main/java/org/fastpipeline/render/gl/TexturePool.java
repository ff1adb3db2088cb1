// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.DisplayException;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL21C;
import org.lwjgl.opengl.GL30C;

/// The textures of a context, used again for frames of the same kind. Used inside [GlContext#use].
///
/// A frame's pixels are copied once, from our memory to a pixel buffer of OpenGL's, which the driver takes over when
/// it comes to it: drawing waits for no transfer.
public final class TexturePool implements AutoCloseable {
    /// So many are kept for later; what else is given back is deleted.
    private static final int KEPT = 8;

    private final Deque<Texture> free = new ArrayDeque<>();
    private final List<Texture> all = new ArrayList<>();
    private int buffer;

    TexturePool() {}

    /// A texture with the pixels of `image`, until it is [given back][#giveBack].
    ///
    /// @param format that of the image's spec
    /// @throws DisplayException if the graphics card cannot hold so large an image
    public Texture load(Image image, PixelFormat format) {
        ImageSpec spec = image.spec();
        int most = GL11C.glGetInteger(GL11C.GL_MAX_TEXTURE_SIZE);
        if (spec.width() > most || spec.height() > most) {
            throw new DisplayException(
                    "texture",
                    "met an image of " + spec + "; the graphics card holds at most " + most + " columns and rows",
                    "Show a smaller one, such as a level of a pyramid",
                    null);
        }
        Texture texture = take(format, spec.width(), spec.height());
        long row = (long) spec.width() * format.bytes();
        if (buffer == 0) {
            buffer = GL15C.glGenBuffers();
        }
        GL15C.glBindBuffer(GL21C.GL_PIXEL_UNPACK_BUFFER, buffer);
        try {
            // With new storage each time, the driver need not wait for the frame before.
            GL15C.glBufferData(GL21C.GL_PIXEL_UNPACK_BUFFER, row * spec.height(), GL15C.GL_STREAM_DRAW);
            copy(image, row, map(row * spec.height()));
            GL15C.glUnmapBuffer(GL21C.GL_PIXEL_UNPACK_BUFFER);
            GL11C.glBindTexture(GL11C.GL_TEXTURE_2D, texture.id());
            GL11C.glPixelStorei(GL11C.GL_UNPACK_ALIGNMENT, 1);
            GL11C.glTexSubImage2D(
                    GL11C.GL_TEXTURE_2D, 0, 0, 0, spec.width(), spec.height(), format.format(), format.type(), 0L);
        } finally {
            GL15C.glBindBuffer(GL21C.GL_PIXEL_UNPACK_BUFFER, 0);
        }
        return texture;
    }

    @SuppressWarnings("restricted") // memory of OpenGL's, exactly as long as it was asked for
    private static MemorySegment map(long bytes) {
        long address = GL30C.nglMapBufferRange(
                GL21C.GL_PIXEL_UNPACK_BUFFER, 0, bytes, GL30C.GL_MAP_WRITE_BIT | GL30C.GL_MAP_INVALIDATE_BUFFER_BIT);
        if (address == 0) {
            throw new DisplayException(
                    "texture", "OpenGL gave no memory for " + bytes + " bytes", "Show smaller images", null);
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private static void copy(Image image, long row, MemorySegment to) {
        ImageSpec spec = image.spec();
        MemorySegment from = image.pixels();
        boolean same = spec.type().bytes() * (long) spec.channels().channels() * spec.width() == row
                && spec.type() != ElementType.I32;
        if (same && spec.rowStride() == row) {
            MemorySegment.copy(from, 0, to, 0, row * spec.height());
            return;
        }
        for (int y = 0; y < spec.height(); y++) {
            if (same) {
                MemorySegment.copy(from, y * spec.rowStride(), to, y * row, row);
            } else if (spec.type() == ElementType.U8) {
                widen(from.asSlice(y * spec.rowStride()), to.asSlice(y * row, row), spec.width());
            } else {
                convert(from.asSlice(y * spec.rowStride()), spec.type(), to.asSlice(y * row, row));
            }
        }
    }

    /// Makes three bytes a pixel four, the last of which does not count: by reading one byte of the next pixel too.
    private static void widen(MemorySegment from, MemorySegment to, int width) {
        int last = width - 1;
        for (int x = 0; x < last; x++) {
            to.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, x, from.get(ValueLayout.JAVA_INT_UNALIGNED, 3L * x));
        }
        MemorySegment.copy(from, 3L * last, to, 4L * last, 3);
    }

    /// To 32-bit floats.
    private static void convert(MemorySegment from, ElementType type, MemorySegment to) {
        long count = to.byteSize() / Float.BYTES;
        for (long i = 0; i < count; i++) {
            float value =
                    switch (type) {
                        case I32 -> from.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
                        case I64 -> from.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
                        default -> (float) from.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
                    };
            to.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        }
    }

    private Texture take(PixelFormat format, int width, int height) {
        for (Texture texture : free) {
            if (texture.isOf(format, width, height)) {
                free.remove(texture);
                return texture;
            }
        }
        Texture made = Texture.create(format, width, height);
        all.add(made);
        return made;
    }

    /// The texture is needed no longer.
    public void giveBack(Texture texture) {
        free.addFirst(texture);
        if (free.size() > KEPT) {
            Texture oldest = free.removeLast();
            all.remove(oldest);
            oldest.delete();
        }
    }

    /// How many textures there are, in use and kept.
    public int size() {
        return all.size();
    }

    @Override
    public void close() {
        all.forEach(Texture::delete);
        all.clear();
        free.clear();
        GL15C.glDeleteBuffers(buffer);
        buffer = 0;
    }
}
