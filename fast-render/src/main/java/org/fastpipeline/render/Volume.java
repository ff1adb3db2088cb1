// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.PixelFormat;
import org.fastpipeline.render.gl.Texture;
import org.jspecify.annotations.Nullable;

/// The volume of the frame that a drawing took last, if it took some. What several drawings of a context take of one
/// frame is on the graphics card once. Used inside [GlContext#use].
final class Volume implements AutoCloseable {
    private final GlContext gl;
    private final Shelf shelf;
    private final Out<Image> port;
    private final Optional<Range> wanted;
    private @Nullable Held held;
    private @Nullable Range range;
    private @Nullable ElementType type;

    /// @param wanted level and window; none for those of the first frame
    Volume(GlContext gl, Out<Image> port, Optional<Range> wanted) {
        this.gl = gl;
        this.shelf = gl.shared(Shelf.class, _ -> new Shelf());
        this.port = port;
        this.wanted = wanted;
    }

    /// Holds that of another frame from now on.
    void take(Values values) {
        close();
        values.get(port).ifPresent(image -> {
            Held now = shelf.take(new Key(port, values.identity()), image, gl);
            held = now;
            if (range == null || type != now.spec.type()) {
                range = wanted.orElseGet(() -> now.range(image));
                type = now.spec.type();
            }
        });
    }

    /// Shape and place; only where there is one.
    ImageSpec spec() {
        return now().spec;
    }

    /// Its samples; only where there is one.
    Texture texture() {
        return now().texture;
    }

    /// Level and window; only where there is one.
    Range range() {
        Range known = range;
        if (known == null) {
            throw new IllegalStateException("no volume was taken");
        }
        return known;
    }

    /// Whether the last frame had one.
    boolean isThere() {
        return held != null;
    }

    private Held now() {
        if (held == null) {
            throw new IllegalStateException("no volume was taken");
        }
        return held;
    }

    @Override
    public void close() {
        if (held != null) {
            shelf.giveBack(held, gl);
            held = null;
        }
    }

    /// Which volume it is.
    private record Key(Out<Image> port, Object frame) {}

    /// A volume on the graphics card.
    private static final class Held {
        private final Key key;
        private final ImageSpec spec;
        private final Texture texture;
        private int users;
        private @Nullable Range range;

        Held(Key key, ImageSpec spec, Texture texture) {
            this.key = key;
            this.spec = spec;
            this.texture = texture;
        }

        Range range(Image image) {
            if (range == null) {
                range = spec.type() == ElementType.U8 ? ImageDrawing.BYTES : Extremes.of(image);
            }
            return range;
        }
    }

    /// The volumes of a context.
    private static final class Shelf implements AutoCloseable {
        private final Map<Key, Held> all = new HashMap<>();

        Held take(Key key, Image image, GlContext gl) {
            Held found = all.get(key);
            if (found == null) {
                ImageSpec spec = image.spec();
                found = new Held(key, spec, gl.textures().loadVolume(image, format(spec)));
                all.put(key, found);
            }
            found.users++;
            return found;
        }

        private static PixelFormat format(ImageSpec spec) {
            if (spec.channels() != ChannelOrder.GREY) {
                throw new WrongUseException(
                        "volume", "met " + spec + "; needed one channel", "Show one channel, or its brightness");
            }
            return PixelFormat.shades(spec.part(new Region(0, 0, 0, spec.width(), spec.height(), 1)));
        }

        void giveBack(Held held, GlContext gl) {
            held.users--;
            if (held.users == 0) {
                all.remove(held.key);
                gl.textures().giveBack(held.texture);
            }
        }

        /// The textures are the pool's, which ends with the context too.
        @Override
        public void close() {
            all.clear();
        }
    }
}
