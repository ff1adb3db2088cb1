// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import org.fastpipeline.core.graph.Parameter;

/// What a node is told once, when it is made: a file, a model, a format. What may change later is a [Parameter].
///
/// @param declaration name, type, range, unit and doc; its initial value is the default, and an example where the
///     setting has none
/// @param occurrence how often it is given
/// @param <T> immutable type of its values
public record Setting<T>(Parameter.Declaration<T> declaration, Occurrence occurrence) {
    /// How often a setting is given.
    public enum Occurrence {
        /// Once or not at all; then it has its default.
        OPTIONAL,
        /// Once.
        REQUIRED,
        /// Once or more: a list.
        SEVERAL
    }

    /// A setting with a default.
    public static <T> Setting<T> optional(Parameter.Declaration<T> declaration) {
        return new Setting<>(declaration, Occurrence.OPTIONAL);
    }

    /// A setting that must be given; the declaration's initial value is an example.
    public static <T> Setting<T> required(Parameter.Declaration<T> declaration) {
        return new Setting<>(declaration, Occurrence.REQUIRED);
    }

    /// A list of one value or more; the declaration's initial value is an example of one.
    public static <T> Setting<T> several(Parameter.Declaration<T> declaration) {
        return new Setting<>(declaration, Occurrence.SEVERAL);
    }

    /// Its name, unique among the settings of a node.
    public String name() {
        return declaration.name();
    }
}
