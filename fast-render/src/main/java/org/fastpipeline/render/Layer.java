// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// One thing that a view shows, over the layers before it: an image, boxes, a text. Immutable; what is needed to draw
/// it is in its [Drawing], one for each context that it is drawn in.
public interface Layer {
    /// The ports whose values it shows.
    ImmutableList<Out<?>> ports();

    /// What it lies on.
    default Ground ground() {
        return Ground.PLANE;
    }

    /// What draws it in a context; called inside [GlContext#use].
    Drawing open(GlContext gl);
}
