// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.DisplayException;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL12C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL21C;
import org.lwjgl.opengl.GL30C;

/// Takes pixels from our memory to textures, through a pixel buffer of OpenGL's, which the driver takes over when it
/// comes to it. Of one context; used inside [GlContext#use].
final class Upload implements AutoCloseable {
    /// A volume goes through the buffer in slabs of about so many bytes, so that it is not held twice.
    private static final long SLAB = 64L << 20;

    private int buffer;

    /// Fills a texture of the image's size.
    void fill(Texture texture, Image image) {
        ImageSpec spec = image.spec();
        long slice = (long) spec.width() * texture.format().bytes() * spec.height();
        int slices = Math.clamp(SLAB / slice, 1, spec.depth());
        if (buffer == 0) {
            buffer = GL15C.glGenBuffers();
        }
        GL15C.glBindBuffer(GL21C.GL_PIXEL_UNPACK_BUFFER, buffer);
        try {
            GL11C.glBindTexture(texture.target(), texture.id());
            GL11C.glPixelStorei(GL11C.GL_UNPACK_ALIGNMENT, 1);
            for (int z = 0; z < spec.depth(); z += slices) {
                fill(texture, image, z, Math.min(slices, spec.depth() - z), slice);
            }
        } finally {
            GL15C.glBindBuffer(GL21C.GL_PIXEL_UNPACK_BUFFER, 0);
        }
    }

    private static void fill(Texture texture, Image image, int first, int slices, long slice) {
        ImageSpec spec = image.spec();
        PixelFormat format = texture.format();
        // With new storage each time, the driver need not wait for what was there before.
        GL15C.glBufferData(GL21C.GL_PIXEL_UNPACK_BUFFER, slice * slices, GL15C.GL_STREAM_DRAW);
        long rows = (long) spec.height() * slices;
        copy(spec, image.pixels().asSlice(spec.offset(0, 0, first)), rows, slice / spec.height(), map(slice * slices));
        GL15C.glUnmapBuffer(GL21C.GL_PIXEL_UNPACK_BUFFER);
        if (texture.target() == GL12C.GL_TEXTURE_3D) {
            GL12C.glTexSubImage3D(
                    texture.target(),
                    0,
                    0,
                    0,
                    first,
                    spec.width(),
                    spec.height(),
                    slices,
                    format.format(),
                    format.type(),
                    0L);
        } else {
            GL11C.glTexSubImage2D(
                    texture.target(), 0, 0, 0, spec.width(), spec.height(), format.format(), format.type(), 0L);
        }
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

    /// @param from the first of the rows
    private static void copy(ImageSpec spec, MemorySegment from, long rows, long row, MemorySegment to) {
        boolean same = spec.type().bytes() * (long) spec.channels().channels() * spec.width() == row
                && spec.type() != ElementType.I32;
        if (same && spec.rowStride() == row) {
            MemorySegment.copy(from, 0, to, 0, row * rows);
            return;
        }
        for (long y = 0; y < rows; y++) {
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

    @Override
    public void close() {
        GL15C.glDeleteBuffers(buffer);
        buffer = 0;
    }
}
