// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.fastpipeline.core.graph.Out;

/// Draws what it has read from one port of the last frame.
///
/// @param <T> what the port has
/// @param <V> what is kept of it; nothing that ends with the frame
final class ValueDrawing<T, V> implements Drawing {
    private final Out<T> port;
    private final Function<? super T, ? extends V> read;
    private final BiConsumer<? super V, Canvas> draw;
    private Optional<V> kept = Optional.empty();

    ValueDrawing(Out<T> port, Function<? super T, ? extends V> read, BiConsumer<? super V, Canvas> draw) {
        this.port = port;
        this.read = read;
        this.draw = draw;
    }

    @Override
    public void take(Values values) {
        kept = values.get(port).map(read);
    }

    @Override
    public void draw(Canvas canvas) {
        kept.ifPresent(value -> draw.accept(value, canvas));
    }
}
