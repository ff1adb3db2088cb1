// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.run.ThreadPlan;

/// How an engine is to work.
///
/// @param sessions most sessions that are used at once
/// @param threads threads of one session; results may depend on it, so it is 1 unless asked otherwise
/// @param precision in what numbers it may compute
/// @param device what it computes on, in the engine's own words, such as `GPU` or `GPU.1`; empty for its best
public record EngineOptions(int sessions, int threads, Precision precision, String device) {
    public EngineOptions {
        if (sessions < 1 || threads < 1) {
            throw new WrongUseException(
                    "engine options",
                    "met " + sessions + " sessions of " + threads + " threads; needed 1 or more",
                    "Raise them");
        }
    }

    /// In 32-bit floating point, on the engine's best device.
    public EngineOptions(int sessions, int threads) {
        this(sessions, threads, Precision.F32, "");
    }

    /// The same in other numbers.
    public EngineOptions withPrecision(Precision other) {
        return new EngineOptions(sessions, threads, other, device);
    }

    /// The same on another device.
    public EngineOptions withDevice(String other) {
        return new EngineOptions(sessions, threads, precision, other);
    }

    /// One session for each worker of `plan`, with the plan's threads per session.
    public static EngineOptions of(ThreadPlan plan) {
        return new EngineOptions(plan.workers(), plan.sessionThreads());
    }
}
