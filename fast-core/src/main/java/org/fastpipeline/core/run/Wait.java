// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import org.fastpipeline.core.graph.Input;

/// What the thread that makes a stream's frames waits for, other than in the node itself.
sealed interface Wait {
    /// That one more frame may come in.
    record Room() implements Wait {}

    /// That there is a frame for a restream to take.
    record Arrival(Input<?> in, Stream.Intake intake) implements Wait {
        boolean isOver() {
            return !intake.arrivals.isEmpty() || intake.ended;
        }
    }
}
