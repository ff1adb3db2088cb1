// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.measure.Nodes.Apply;
import org.fastpipeline.core.measure.Nodes.Counter;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.EventRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ListenerTest {
    private final EventRecorder events = new EventRecorder();
    private final RunOptions options = RunOptions.standard().withWorkers(1).withListener(events);

    @Test
    void aListenerIsToldOfProgressFailuresRetriesAndTheEndInOrder() {
        AtomicInteger tries = new AtomicInteger();
        Apply apply = new Apply(new Counter(3).number, (value, _) -> {
            if (value == 1 && tries.incrementAndGet() == 1) {
                throw new TransientException("busy", null);
            }
            if (value == 2) {
                throw new IllegalStateException("poison");
            }
            return value;
        });
        try (Run run = Pipeline.to(apply.out).start(options)) {
            run.finish();
        }
        assertThat(events.events())
                .containsExactly(
                        "done counter#0",
                        "retried apply on counter#1: busy",
                        "done counter#1",
                        "failed apply on counter#2: apply, frame counter#2: poison",
                        "failed counter#2: apply, frame counter#2: poison",
                        "ended Completed");
    }

    @Test
    void theEndOfAStoppedRunIsToldAsCancelled() {
        try (Run run = Pipeline.to(new Counter(1_000_000).number).start(options)) {
            run.next();
        }
        assertThat(events.events().getLast()).isEqualTo("ended Cancelled");
    }

    /// What a listener can throw; each of its methods does.
    private static final class Thrower implements RunListener {
        private final AtomicInteger calls = new AtomicInteger();

        private int deeper(int depth) {
            return depth < 0 ? 0 : deeper(depth + 1) + 1;
        }

        @Override
        public void frameDone(String frame, Optional<FastException> failure) {
            calls.incrementAndGet();
            deeper(0);
        }

        @Override
        public void failed(String node, String frame, FastException cause) {
            calls.incrementAndGet();
            throw new AssertionError("a test in a listener");
        }

        @Override
        public void retried(String node, String frame, Throwable cause) {
            calls.incrementAndGet();
            throw new OutOfMemoryError("made up");
        }

        @Override
        public void stalled(Duration since, String state) {
            throw new LinkageError("made up");
        }

        @Override
        public void ended(Completion completion) {
            calls.incrementAndGet();
            throw new IllegalStateException("at the end");
        }
    }

    @Test
    void noErrorOfAListenerStopsARun() {
        AtomicInteger tries = new AtomicInteger();
        Thrower thrower = new Thrower();
        Apply apply = new Apply(new Counter(3).number, (value, _) -> {
            if (tries.incrementAndGet() == 1) {
                throw new TransientException("busy", null);
            }
            if (value == 2) {
                throw new IllegalStateException("poison");
            }
            return value;
        });
        try (Run run = Pipeline.to(apply.out).start(options.withListener(thrower))) {
            assertThat(run.finish().frames()).isEqualTo(3);
        }
        assertThat(thrower.calls).hasValue(6);
    }

    @Test
    void aListenerMayAskTheRunToStop() {
        Run[] run = new Run[1];
        RunListener stopper = new RunListener() {
            @Override
            public void retried(String node, String frame, Throwable cause) {
                run[0].close();
            }
        };
        Apply apply = new Apply(new Counter(1_000_000).number, (value, _) -> {
            if (value == 5) {
                throw new TransientException("busy", null);
            }
            return value;
        });
        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            run[0] = pipeline.onDemand(options.withListener(stopper));
            assertThat(run[0].finish().frames()).isLessThan(1_000_000);
            run[0].close();
        }
    }
}
