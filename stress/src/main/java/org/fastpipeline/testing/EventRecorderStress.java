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
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// Events from several threads. Whoever is not woken hangs, and the test with it.
public final class EventRecorderStress {
    private EventRecorderStress() {}

    /// Two threads record.
    @JCStressTest
    @Outcome(
            id = {"\\[one, other\\]", "\\[other, one\\]"},
            expect = ACCEPTABLE,
            desc = "Both are there")
    @Outcome(expect = FORBIDDEN, desc = "An event was lost")
    @State
    public static class NoEventIsLost {
        private final EventRecorder recorder = new EventRecorder();

        @Actor
        public void one() {
            recorder.record("one");
        }

        @Actor
        public void other() {
            recorder.record("other");
        }

        @Arbiter
        public void after(L_Result r) {
            r.r1 = recorder.events();
        }
    }

    /// A test waits for an event.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It sees it")
    @Outcome(expect = FORBIDDEN, desc = "It woke up for nothing")
    @State
    public static class RecordingWakes {
        private final EventRecorder recorder = new EventRecorder(Duration.ofDays(1));

        @Actor
        public void test(Z_Result r) {
            try {
                r.r1 = recorder.await("event").size() == 1;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Actor
        public void records() {
            recorder.record("event");
        }
    }
}
