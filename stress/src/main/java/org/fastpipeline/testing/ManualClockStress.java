// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// A clock that a test moves: whoever sleeps on it wakes up, and whoever waits for sleepers sees them. Whoever is
/// not woken hangs, and the test with it.
public final class ManualClockStress {
    private static final Duration STEP = Duration.ofNanos(10);

    private ManualClockStress() {}

    /// Two threads move the time.
    @JCStressTest
    @Outcome(id = "20", expect = ACCEPTABLE, desc = "Both moves count")
    @Outcome(expect = FORBIDDEN, desc = "A move was lost")
    @State
    public static class MovesAddUp {
        private final ManualClock clock = new ManualClock();

        @Actor
        public void one() {
            clock.advance(STEP);
        }

        @Actor
        public void other() {
            clock.advance(STEP);
        }

        @Arbiter
        public void after(J_Result r) {
            r.r1 = clock.nanoTime();
        }
    }

    /// Sleeps until the time of [#STEP].
    ///
    /// @return whether it is that late
    private static boolean sleep(ManualClock clock) {
        try {
            clock.sleepUntil(STEP.toNanos());
            return clock.nanoTime() >= STEP.toNanos();
        } catch (InterruptedException stop) {
            return false;
        }
    }

    /// One sleeps, another moves the time.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It wakes up when it is time")
    @Outcome(expect = FORBIDDEN, desc = "It wakes up too early")
    @State
    public static class MovingWakesSleepers {
        private final ManualClock clock = new ManualClock();

        @Actor
        public void sleeps(Z_Result r) {
            r.r1 = sleep(clock);
        }

        @Actor
        public void moves() {
            clock.advance(STEP);
        }
    }

    /// A test waits until somebody sleeps, and then moves the time.
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It sees the sleeper, and wakes it")
    @Outcome(expect = FORBIDDEN, desc = "It saw none")
    @State
    public static class SleepersAreSeen {
        private final ManualClock clock = new ManualClock();

        @Actor
        public void test(ZZ_Result r) {
            try {
                clock.awaitSleepers(1);
                r.r1 = clock.nanoTime() == 0;
                clock.advance(STEP);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Actor
        public void sleeps(ZZ_Result r) {
            r.r2 = sleep(clock);
        }
    }
}
