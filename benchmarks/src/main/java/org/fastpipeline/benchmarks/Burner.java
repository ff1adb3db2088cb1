// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;

/// Work that takes a fixed number of instructions and nothing but a core, and adds up the CPU time that it took.
///
/// Thread-safe.
final class Burner {
    private static final int TRIAL = 2_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final LongAdder nanoseconds = new LongAdder();
    private final long rounds;

    private Burner(long rounds) {
        this.rounds = rounds;
    }

    /// Work of about `milliseconds`, and a compiled loop behind it.
    static Burner of(double milliseconds) {
        Burner trial = new Burner(TRIAL);
        long result = 0;
        for (int i = 0; i < 20; i++) {
            result = trial.burn(result);
        }
        trial.nanoseconds.reset();
        for (int i = 0; i < 10; i++) {
            result = trial.burn(result);
        }
        double each = trial.nanoseconds.sum() / (10.0 * TRIAL);
        return new Burner(Math.round(milliseconds * 1e6 / each) + (result & 1));
    }

    /// The same work with a sum of its own.
    Burner another() {
        return new Burner(rounds);
    }

    /// Does the work once.
    ///
    /// @return something that depends on all of it, so that none can be left out
    long burn(long seed) {
        long begun = threads.getCurrentThreadCpuTime();
        long state = seed;
        for (long i = 0; i < rounds; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
        }
        nanoseconds.add(threads.getCurrentThreadCpuTime() - begun);
        return state;
    }

    /// CPU seconds burnt since the last call.
    double secondsAndReset() {
        return nanoseconds.sumThenReset() / 1e9;
    }
}
