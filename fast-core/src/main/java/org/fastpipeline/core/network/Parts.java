// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import org.fastpipeline.core.graph.Step;

/// Times the parts of a step that follow one another; closing ends the last, after a failure too.
final class Parts implements AutoCloseable {
    private final Step step;
    private Step.Timer current = () -> {};

    Parts(Step step) {
        this.step = step;
    }

    /// Ends the part before, and begins `part`.
    void begin(String part) {
        current.close();
        current = step.timer(part);
    }

    @Override
    public void close() {
        current.close();
    }
}
