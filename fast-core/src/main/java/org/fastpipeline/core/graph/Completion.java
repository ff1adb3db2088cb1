// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import org.fastpipeline.core.error.FastException;

/// How a run ended, told to each sink so that it keeps or discards what it wrote.
public sealed interface Completion {
    /// Every frame was delivered.
    record Completed() implements Completion {}

    /// The run stopped on an error.
    record Failed(FastException cause) implements Completion {}

    /// Somebody closed the run before its end.
    record Cancelled() implements Completion {}
}
