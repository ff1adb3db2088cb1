// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;

/// A stateless node made of a function over any number of ports.
///
/// ```java
/// var blend = new Lambda("blend");
/// In<Image> left = blend.input("left", Image.class);
/// In<Image> right = blend.input("right", Image.class);
/// Out<Image> mixed = blend.output("mixed", Image.class);
/// blend.calls(step -> step.put(mixed, mix(step.get(left), step.get(right))));
/// ```
///
/// Ports and function are given before a pipeline is built, by one thread. For one input and one output there is
/// [Mapping]. Without inputs it is static and called once; what is to change comes in from a [Constant].
public final class Lambda extends Stateless {
    private @Nullable Body body;

    /// What the node does with a frame.
    @FunctionalInterface
    public interface Body {
        /// Works on one frame. Called by several workers at once, each with a step of its own.
        ///
        /// @throws Exception any failure: the frame's outputs of this node fail with it
        void execute(Step step) throws Exception;
    }

    /// A node without ports and function.
    ///
    /// @param name shown in reports and errors
    public Lambda(String name) {
        name(name);
    }

    /// Adds an input that must be connected.
    public <T> In<T> input(String port, Class<T> type) {
        return in(port, type);
    }

    /// Adds an output.
    public <T> Out<T> output(String port, Class<T> type) {
        return out(port, type);
    }

    /// Gives the function.
    public void calls(Body function) {
        this.body = function;
    }

    @Override
    public void execute(Step step) throws Exception {
        if (body == null) {
            throw new WrongUseException(
                    name(), "met no function; needed one", "Give it by calls(...) before the pipeline is built");
        }
        body.execute(step);
    }
}
