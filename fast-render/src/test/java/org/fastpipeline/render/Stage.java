// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.Picture;

/// A view on a picture, which a test shows frames one by one; drawing may happen later, as in a window.
final class Stage implements AutoCloseable {
    private final Allocator memory;
    private final GlContext gl = GlContext.offscreen();
    private final Scene scene;
    private final Picture picture;
    private final double scale;

    Stage(View view, int width, int height, MemoryPool pool) {
        this(view, width, height, 1, pool);
    }

    /// @param scale pixels for a point
    Stage(View view, int width, int height, double scale, MemoryPool pool) {
        this.memory = bytes -> pool.allocate(bytes, "stage");
        this.scale = scale;
        this.scene = gl.use(() -> new Scene(view, gl));
        this.picture = gl.use(() -> new Picture(width, height));
    }

    Allocator memory() {
        return memory;
    }

    /// Takes a frame that has one value; others, and that of a port it has none for, are missing.
    void take(ImmutableMap<Out<?>, ?> values, Metadata metadata) {
        take(new Values() {
            @Override
            @SuppressWarnings("unchecked") // tests give each port what it is for
            public <T> Optional<T> get(Out<T> port) {
                return Optional.ofNullable((T) values.get(port));
            }

            @Override
            public Metadata metadata(Out<?> port) {
                return metadata;
            }
        });
    }

    void take(Values values) {
        gl.use(() -> {
            scene.take(values);
            return true;
        });
    }

    void slide(int slices) {
        gl.use(() -> {
            scene.slide(slices);
            return true;
        });
    }

    /// Draws, and looks at nothing.
    void paint() {
        gl.use(() -> {
            picture.bind();
            scene.draw(Place.all(picture.width() / scale, picture.height() / scale), scale);
            return true;
        });
    }

    BufferedImage draw() {
        paint();
        return gl.use(() -> {
            picture.bind();
            try (Image image = picture.read(memory)) {
                return Shown.copy(image);
            }
        });
    }

    int textures() {
        return gl.textures().size();
    }

    @Override
    public void close() {
        gl.use(() -> {
            scene.close();
            picture.close();
            return true;
        });
        gl.close();
    }
}
