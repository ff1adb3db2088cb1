// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// A value given from outside, static until it is set again.
///
/// @param <T> its type; if it is a leased payload, whoever made it keeps it open while pipelines use this node
public final class Constant<T> extends Stateless {
    /// The value.
    public final Out<T> output;

    /// What is put; setting it makes all that depends on it stale, even if it is the same object again.
    public final Parameter<T> value;

    /// @param type its type
    /// @param initial its value until it is set
    public Constant(Class<T> type, T initial) {
        this.output = out("output", type, "the value");
        this.value = parameter(new Parameter.Declaration<>(
                "value",
                type,
                initial,
                "any " + type.getSimpleName(),
                candidate -> true,
                text -> {
                    throw new IllegalArgumentException("a constant cannot be read from text");
                },
                "",
                "what the node puts"));
    }

    @Override
    public void execute(Step step) {
        step.put(output, step.get(value));
    }
}
