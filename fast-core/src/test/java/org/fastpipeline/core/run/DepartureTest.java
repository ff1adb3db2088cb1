// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WaitInterruptedException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Subscribers who leave, who are interrupted, and who take no frames.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DepartureTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);

    private static Apply apply(Out<Long> from) {
        Apply apply = new Apply(value -> value);
        apply.in.from(from);
        return apply;
    }

    @Test
    @Tag("behaviour-34")
    void subscribersWhoLeaveHoldNobodyUp() {
        Counter counter = new Counter(200);
        Pipeline pipeline = Pipeline.of(
                List.of(
                        Subscription.every(counter.number),
                        Subscription.every(counter.number),
                        Subscription.every(counter.number)),
                List.of());

        try (Run run = pipeline.start(VALIDATED.withAhead(3))) {
            run.next(1);
            run.next(2);
            run.next(2);
            run.leave(1);
            run.leave(2);
            List<Long> seen = new ArrayList<>();
            run.frames(0).forEach(frame -> seen.add(frame.get(counter.number)));
            assertThat(seen).hasSize(200).isSorted();
            assertThat(run.next(1)).isEmpty();
        }
    }

    @Test
    void framesOfWhoLeavesAreGivenBack() {
        Fill fill = new Fill(64);
        fill.in.from(new Counter(10).number);
        Pipeline pipeline = Pipeline.of(List.of(Subscription.every(fill.out), Subscription.every(fill.out)), List.of());

        try (Run run = pipeline.start(VALIDATED)) {
            Tensor held = run.next(1).orElseThrow().get(fill.out);
            run.leave(1);
            assertThatThrownBy(held::elements).isInstanceOf(ReleasedException.class);
            assertThat(run.frames(0)).hasSize(10);
        }
    }

    @Test
    void leavingReleasesWhoWaits() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Apply apply = new Apply(value -> {
            StreamTest.awaitUninterruptibly(gate);
            return value;
        });
        apply.in.from(new Counter(1).number);

        try (Run run = Pipeline.to(apply.out).start(VALIDATED)) {
            Thread taker =
                    Thread.ofPlatform().start(() -> assertThat(run.next()).isEmpty());
            SubscriptionTest.awaitWaiting(taker);
            run.leave(0);
            taker.join();
            gate.countDown();
        }
    }

    @Test
    void interruptedWaitEndsAndTheRunGoesOn() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Apply apply = new Apply(value -> {
            StreamTest.awaitUninterruptibly(gate);
            return value;
        });
        apply.in.from(new Counter(1).number);

        try (Run run = Pipeline.to(apply.out).start(VALIDATED)) {
            Thread taker = Thread.ofPlatform().start(() -> {
                assertThatThrownBy(run::next)
                        .isInstanceOf(WaitInterruptedException.class)
                        .hasMessageContaining("subscription 0");
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
            SubscriptionTest.awaitWaiting(taker);
            taker.interrupt();
            taker.join();
            gate.countDown();
            assertThat(run.next().orElseThrow().get(apply.out)).isZero();
        }
    }

    @Test
    void finishDropsTheFramesOfAllSubscriptions() {
        Counter counter = new Counter(50);
        Apply apply = apply(counter.number);
        Pipeline pipeline = Pipeline.of(
                List.of(
                        Subscription.every(counter.number),
                        Subscription.every(apply.out),
                        Subscription.newest(apply.out)),
                List.of());

        try (Run run = pipeline.start(VALIDATED.withAhead(2))) {
            assertThat(run.next(1)).isPresent();
            assertThat(run.finish().frames()).isEqualTo(50);
        }
        assertThat(apply.calls).hasValue(50);
    }
}
