// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.time.Duration;
import org.fastpipeline.core.graph.Step;

/// Reports the times of a step's parts, one after another.
final class StopWatch {
    private final Step step;
    private long since = System.nanoTime();

    StopWatch(Step step) {
        this.step = step;
    }

    /// Ends `part`, and begins the next.
    void lap(String part) {
        long now = System.nanoTime();
        step.time(part, Duration.ofNanos(now - since));
        since = now;
    }
}
