// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.render.gl.PixelFormat;
import org.fastpipeline.render.gl.Texture;
import org.fastpipeline.render.gl.TexturePool;
import org.jspecify.annotations.Nullable;

/// The pixels of the frame that a drawing took last, if it took some. Used inside
/// [org.fastpipeline.render.gl.GlContext#use].
final class FrameTexture implements AutoCloseable {
    private final TexturePool pool;
    private @Nullable Texture texture;

    FrameTexture(TexturePool pool) {
        this.pool = pool;
    }

    /// Holds other pixels from now on.
    void load(Image image, PixelFormat format) {
        close();
        texture = pool.load(image, format);
    }

    /// The pixels; none before the first frame, and after one without.
    @Nullable Texture get() {
        return texture;
    }

    /// Holds none any more.
    @Override
    public void close() {
        Texture before = texture;
        texture = null;
        if (before != null) {
            pool.giveBack(before);
        }
    }
}
