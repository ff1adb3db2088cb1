// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.function.LongConsumer;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// A layer that draws nothing and tells of each frame that is taken.
record Probe(Out<?> port, LongConsumer taken) implements Layer {
    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(port);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new Drawing() {
            @Override
            public void take(Values values) {
                values.metadata(port).get(Metadata.INDEX).ifPresent(taken::accept);
            }

            @Override
            public void draw(Canvas canvas) {}
        };
    }
}
