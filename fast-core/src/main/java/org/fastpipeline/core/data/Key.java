// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

/// The name and type of one kind of metadata; two keys are one if both are equal.
///
/// @param name shown in reports and errors
/// @param type type of its values, immutable
/// @param <T> type of its values
public record Key<T>(String name, Class<T> type) {
    @Override
    public String toString() {
        return name;
    }
}
