// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Step;

/// Hands outcomes on as they are.
final class Passing {
    private Passing() {}

    /// Puts, skips or fails `out` as `outcome` says.
    static <T> void pass(Step step, Out<T> out, Outcome<? extends T> outcome) {
        switch (outcome) {
            case Outcome.Value<? extends T>(T value) -> step.put(out, value);
            case Outcome.Skipped<? extends T>(String reason) -> step.skip(out, reason);
            case Outcome.Failed<? extends T>(FastException cause) -> step.fail(out, cause);
        }
    }
}
