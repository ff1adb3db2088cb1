// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.function.Function;

/// A stateless node made of a function.
///
/// @param <A> what it reads
/// @param <B> what it makes
public final class Mapping<A, B> extends Stateless {
    /// What the function is applied to.
    public final In<A> input;

    /// What the function returned.
    public final Out<B> output;

    private final Function<? super A, ? extends B> function;

    /// @param from type of the input
    /// @param to type of the output
    /// @param function called by several workers at once
    public Mapping(Class<A> from, Class<B> to, Function<? super A, ? extends B> function) {
        this.input = in("input", from, "what the function is applied to");
        this.output = out("output", to, "what the function returned");
        this.function = function;
    }

    @Override
    public void execute(Step step) {
        step.put(output, function.apply(step.get(input)));
    }
}
