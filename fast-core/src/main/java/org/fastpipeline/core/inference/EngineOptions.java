// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.run.ThreadPlan;

/// How an engine is to work.
///
/// @param sessions most sessions that are used at once
/// @param threads threads of one session; results may depend on it, so it is 1 unless asked otherwise
public record EngineOptions(int sessions, int threads) {
    public EngineOptions {
        if (sessions < 1 || threads < 1) {
            throw new WrongUseException(
                    "engine options",
                    "met " + sessions + " sessions of " + threads + " threads; needed 1 or more",
                    "Raise them");
        }
    }

    /// One session for each worker of `plan`, with the plan's threads per session.
    public static EngineOptions of(ThreadPlan plan) {
        return new EngineOptions(plan.workers(), plan.sessionThreads());
    }
}
