// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.function.Consumer;

/// Draws what depends on no frame.
record StillDrawing(Consumer<Canvas> draw) implements Drawing {
    @Override
    public void take(Values values) {}

    @Override
    public void draw(Canvas canvas) {
        draw.accept(canvas);
    }
}
