// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.DisplayException;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL12C;

/// The textures of a context, used again for frames of the same kind. Used inside [GlContext#use].
///
/// A frame's pixels are copied once, from our memory to a pixel buffer of OpenGL's, which the driver takes over when
/// it comes to it: drawing waits for no transfer.
public final class TexturePool implements AutoCloseable {
    /// So many are kept for later, and so many bytes, but for one; what else is given back is deleted.
    private static final int KEPT = 8;

    private static final long KEPT_BYTES = 512L << 20;

    private final Deque<Texture> free = new ArrayDeque<>();
    private final List<Texture> all = new ArrayList<>();
    private final Upload upload = new Upload();

    TexturePool() {}

    /// A texture with the pixels of a 2-D image, until it is [given back][#giveBack].
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
        return load(image, GL11C.GL_TEXTURE_2D, format);
    }

    /// A texture with the samples of a volume, until it is [given back][#giveBack].
    ///
    /// @param format that of a slice's spec
    /// @throws DisplayException if the graphics card cannot hold so large a volume
    public Texture loadVolume(Image volume, PixelFormat format) {
        ImageSpec spec = volume.spec();
        int most = GL11C.glGetInteger(GL12C.GL_MAX_3D_TEXTURE_SIZE);
        if (spec.width() > most || spec.height() > most || spec.depth() > most) {
            throw new DisplayException(
                    "texture",
                    "met a volume of " + spec + "; the graphics card holds at most " + most
                            + " columns, rows and slices",
                    "Show a part of it, or make blocks of its samples one",
                    null);
        }
        return load(volume, GL12C.GL_TEXTURE_3D, format);
    }

    private Texture load(Image image, int target, PixelFormat format) {
        ImageSpec spec = image.spec();
        Texture texture = take(target, format, spec.width(), spec.height(), spec.depth());
        upload.fill(texture, image);
        return texture;
    }

    private Texture take(int target, PixelFormat format, int width, int height, int depth) {
        for (Texture texture : free) {
            if (texture.isOf(target, format, width, height, depth)) {
                free.remove(texture);
                return texture;
            }
        }
        Texture made = Texture.create(target, format, width, height, depth);
        if (target == GL12C.GL_TEXTURE_3D && GL11C.glGetError() != GL11C.GL_NO_ERROR) {
            made.delete();
            throw new DisplayException(
                    "texture",
                    "the graphics card has no memory for a volume of " + made.bytes() + " bytes",
                    "Show a part of it, or make blocks of its samples one",
                    null);
        }
        all.add(made);
        return made;
    }

    /// The texture is needed no longer.
    public void giveBack(Texture texture) {
        free.addFirst(texture);
        while (free.size() > KEPT
                || (free.size() > 1 && free.stream().mapToLong(Texture::bytes).sum() > KEPT_BYTES)) {
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
        upload.close();
    }
}
