// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import org.fastpipeline.core.error.FastException;

/// What a port has for one frame.
///
/// @param <T> type of the port
public sealed interface Outcome<T> {
    /// There is a value.
    record Value<T>(T value) implements Outcome<T> {}

    /// There is none, and that is no error.
    ///
    /// @param reason why, for reports
    record Skipped<T>(String reason) implements Outcome<T> {}

    /// There is none because work failed; the cause names node and frame.
    record Failed<T>(FastException cause) implements Outcome<T> {}
}
