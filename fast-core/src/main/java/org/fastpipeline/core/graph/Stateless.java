// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.List;

/// A node whose result depends on nothing but its inputs and parameters: any worker runs it, on any frame, at any time.
///
/// ```java
/// public final class Inverter extends Stateless {
///     public final In<Image> image = in("image", Image.class);
///     public final Out<Image> inverted = out("inverted", Image.class);
///
///     @Override
///     public void execute(Step step) {
///         step.put(inverted, invert(step.get(image)));
///     }
/// }
/// ```
public abstract non-sealed class Stateless extends ProcessObject {
    /// For subclasses, which declare their ports as fields.
    protected Stateless() {}

    /// Works on one frame. Called by several workers at once, each with a step of its own.
    ///
    /// @throws Exception any failure: the frame's outputs of this node fail with it; a transient one is tried again
    public abstract void execute(Step step) throws Exception;

    /// How many consecutive frames [#execute(List)] takes at once; 1 if it is not offered.
    public int batch() {
        return 1;
    }

    /// Works on [#batch] consecutive frames at once, fewer at the end of a stream or where frames have no values.
    ///
    /// If it fails, each frame is worked on alone, so that a bad frame spoils no other.
    public void execute(List<Step> steps) throws Exception {
        for (Step step : steps) {
            execute(step);
        }
    }

    /// How often a transient failure is tried again.
    public int retries() {
        return 2;
    }
}
