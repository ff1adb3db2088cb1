// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import org.fastpipeline.core.error.WrongUseException;

/// The name and type of one kind of metadata; two keys are one if both are equal.
///
/// @param name shown in reports and errors
/// @param type type of its values, immutable
/// @param <T> type of its values
public record Key<T>(String name, Class<T> type) {
    public Key {
        if (type.isPrimitive()) {
            throw new WrongUseException(
                    "key " + name, "met type " + type + "; needed a class", "Use the class that boxes it");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
