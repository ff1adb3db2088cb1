// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.data.Points;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// The layer of `docs/rendering.md`: a cross at the first point.
record CrossLayer(Out<Points> points, Colour colour) implements Layer {
    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(points);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new Drawing() {
            private Optional<Points> taken = Optional.empty();

            @Override
            public void take(Values values) {
                taken = values.get(points).filter(found -> found.size() > 0);
            }

            @Override
            public void draw(Canvas canvas) {
                taken.ifPresent(found -> {
                    double x = canvas.camera().screenX(found.x(0));
                    double y = canvas.camera().screenY(found.y(0));
                    canvas.pen().line(new double[] {x - 6, y, x + 6, y}, false, colour, 2);
                    canvas.pen().line(new double[] {x, y - 6, x, y + 6}, false, colour, 2);
                });
            }
        };
    }
}
