// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.StuckException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.fastpipeline.core.run.TestNodes.RunningSum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls that do not return, and runs that take too long.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StuckTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);

    @Test
    void runThatTakesTooLongStopsAndSaysWhatWasInWork() throws Exception {
        ManualClock clock = ManualClock.thatStandsStill();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Apply apply = new Apply(value -> {
            working.countDown();
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return value;
        });
        apply.in.from(new Counter(1).number);

        try (Run run = Pipeline.to(apply.out).start(VALIDATED.withClock(clock).withTimeout(Duration.ofSeconds(90)))) {
            working.await();
            clock.awaitWait();
            clock.advance(Duration.ofSeconds(90));
            assertThatThrownBy(run::next)
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageStartingWith("The run stopped: it took longer than PT1M30S. In work: ")
                    .hasMessageContaining("apply, frame counter#0");
        }
        assertThat(clock.waits).containsExactly(90_000L);
    }

    @Test
    void runThatIsThroughInTimeIsNotStopped() {
        Counter counter = new Counter(5);
        RunOptions options = VALIDATED.withClock(ManualClock.thatStandsStill()).withTimeout(Duration.ofSeconds(1));

        try (Run run = Pipeline.to(counter.number).start(options)) {
            assertThat(run.finish().frames()).isEqualTo(5);
        }
    }

    /// Nothing is freed under the stuck call; once it returns all is given back, without the garbage collector.
    @Test
    void stuckCallIsNamedWithItsMemoryAndAllIsGivenBackOnceItReturns() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Counter counter = new Counter(50);
        Fill fill = new Fill(1000);
        fill.in.from(counter.number);
        RunningSum sum = new RunningSum();
        sum.in.from(counter.number);
        TestNodes.Recorder recorder = new TestNodes.Recorder();
        recorder.in.from(sum.out);
        Native call = new Native(stuck, release);
        call.in.from(fill.out);
        Run run = Pipeline.of(List.of(Subscription.every(call.out)), List.of(recorder))
                .start(VALIDATED.withStopDeadline(Duration.ofMillis(20)));
        stuck.await();

        assertThatThrownBy(run::close).isInstanceOfSatisfying(StuckException.class, error -> {
            assertThat(error.threads()).anyMatch(thread -> thread.matches("fast-cpu-\\d in native, frame counter#0"));
            assertThat(error.bytes()).isGreaterThanOrEqualTo(1000);
        });
        assertThat(sum.open.get()).isEqualTo(1);
        assertThat(run.next()).isEmpty();
        release.countDown();
        run.close();

        assertThat(call.sum.get()).isBetween(0L, 1L);
        assertThat(sum.open).hasValue(0);
        assertThat(recorder.completions).hasSize(1);
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void sinkThatHangsWhileItIsOpenedIsNamed() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Everywhere graph = new Everywhere("drain.open", () -> {
            stuck.countDown();
            StreamTest.awaitUninterruptibly(release);
        });
        Run run = graph.pipeline.start(VALIDATED.withStopDeadline(Duration.ZERO));
        stuck.await();

        assertThatThrownBy(run::close)
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("fast-run in opening sinks");
        release.countDown();
        run.close();
        assertThat(graph.open).isEmpty();
    }

    @Test
    void interruptedCloserClosesAllTheSame() {
        Counter counter = new Counter(Long.MAX_VALUE);
        Run run = Pipeline.to(counter.number).start(VALIDATED);
        assertThat(run.next()).isPresent();

        Thread.currentThread().interrupt();
        run.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void interruptionThatANodeLeavesBehindDoesNotReachTheNext() {
        Counter counter = new Counter(20);
        Apply leaves = new Apply(value -> {
            Thread.currentThread().interrupt();
            return value;
        });
        leaves.in.from(counter.number);
        Apply sees = new Apply(value -> Thread.currentThread().isInterrupted() ? 1 : 0);
        sees.in.from(leaves.out);

        try (Run run = Pipeline.to(sees.out).start(VALIDATED.withWorkers(1))) {
            run.forEach(frame -> assertThat(frame.get(sees.out)).isZero());
        }
    }

    @Test
    void nodeThatWaitsIsInterruptedWhenTheRunStops() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Everywhere graph = new Everywhere("pass.execute", () -> {
            waiting.countDown();
            never.await();
        });

        // With one worker no other frame is through when the first one waits.
        try (Run run = graph.pipeline.start(VALIDATED.withWorkers(1))) {
            waiting.await();
            run.cancel();
            assertThat(run.next()).isEmpty();
        }
        assertThat(graph.open).isEmpty();
    }

    /// Does not return before it is released, whoever interrupts it; then reads its input once more.
    private static final class Native extends Stateless {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Long> out = out("out", Long.class);
        final AtomicLong sum = new AtomicLong(-1);
        private final CountDownLatch begun;
        private final CountDownLatch release;

        Native(CountDownLatch begun, CountDownLatch release) {
            this.begun = begun;
            this.release = release;
        }

        @Override
        public void execute(Step step) {
            Tensor tensor = step.get(in);
            begun.countDown();
            StreamTest.awaitUninterruptibly(release);
            sum.compareAndSet(-1, tensor.elements().get(ValueLayout.JAVA_BYTE, 0));
            step.put(out, sum.get());
        }
    }
}
