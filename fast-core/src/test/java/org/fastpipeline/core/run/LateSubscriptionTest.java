// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.fastpipeline.core.run.TestNodes.RunningSum;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Static;
import org.fastpipeline.core.run.TestNodes.Total;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Subscribers who come and go.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LateSubscriptionTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);

    private static Apply apply(Out<Long> from) {
        Apply apply = new Apply(value -> value);
        apply.in.from(from);
        return apply;
    }

    private static Pipeline pipeline(Subscription... subscriptions) {
        return Pipeline.of(List.of(subscriptions), List.of());
    }

    private static List<Long> values(Run run, int position, Out<Long> port) {
        List<Long> values = new ArrayList<>();
        run.frames(position).forEach(frame -> values.add(frame.get(port)));
        return values;
    }

    @Test
    void nothingIsComputedForWhoHasNotJoined() {
        Counter counter = new Counter(20);
        Apply viewed = apply(counter.number);

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.every(viewed.out).late())
                .start(VALIDATED)) {
            assertThat(values(run, 0, counter.number)).hasSize(20);
            assertThat(run.next(1)).isEmpty();
        }
        assertThat(viewed.calls).hasValue(0);
    }

    @Test
    void whoJoinsGetsEveryFrameFromThenOn() {
        Counter counter = new Counter(50);
        Apply viewed = apply(counter.number);

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.every(viewed.out).late())
                .start(VALIDATED.withAhead(60))) {
            run.next(0);
            run.join(1);
            values(run, 0, counter.number);
            List<Long> seen = values(run, 1, viewed.out);
            if (!seen.isEmpty()) {
                assertThat(seen)
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .endsWith(49L)
                        .hasSize((int) (50 - seen.getFirst()));
            }
        }
    }

    /// On demand nothing is let in before somebody asks, so it is known which frame comes in after the joining.
    @Test
    void frameThatComesInAfterTheJoiningIsTheFirst() {
        Counter counter = new Counter(10);
        Apply viewed = apply(counter.number);

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.every(viewed.out).late())
                .onDemand(VALIDATED)) {
            run.next(0);
            run.next(0);
            run.join(1);
            run.next(0);
            assertThat(run.next(1).orElseThrow().get(viewed.out)).isEqualTo(2);
            run.leave(1);
            run.next(0);
            run.join(1);
            run.next(0);
            assertThat(run.next(1).orElseThrow().get(viewed.out)).isEqualTo(4);
        }
        assertThat(viewed.calls).hasValue(2);
    }

    /// The frame was computed for others and is the newest there is.
    @Test
    @Tag("behaviour-35")
    void lateNewestOnlySubscriberGetsTheCurrentValueAtOnce() {
        Counter counter = new Counter(10);

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.newest(counter.number).late())
                .onDemand(VALIDATED)) {
            for (int i = 0; i < 4; i++) {
                run.next(0);
            }
            run.join(1);
            assertThat(run.next(1).orElseThrow().get(counter.number)).isEqualTo(3);
            assertThat(run.report().dropped()).isZero();
        }
    }

    @Test
    @Tag("behaviour-35")
    void lateSubscriberGetsStaticValuesAtOnce() {
        Static constant = new Static();
        Counter counter = new Counter(100);

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.newest(constant.number).late(),
                        Subscription.every(constant.number).late())
                .start(VALIDATED)) {
            run.next(0);
            run.join(1);
            run.join(2);
            assertThat(run.next(1).orElseThrow().get(constant.number)).isEqualTo(1001);
            assertThat(run.next(2).orElseThrow().get(constant.number)).isEqualTo(1001);
            run.leave(1);
            run.join(1);
            assertThat(run.next(1).orElseThrow().get(constant.number)).isEqualTo(1001);
        }
        assertThat(constant.calls).hasValue(1);
    }

    @Test
    void streamThatNobodyAsksForStandsStillUntilSomebodyJoins() {
        Counter counter = new Counter(5);
        Apply viewed = apply(counter.number);

        try (Run run = pipeline(Subscription.every(viewed.out).late()).start(VALIDATED)) {
            assertThat(run.next(0)).isEmpty();
            run.join(0);
            assertThat(values(run, 0, viewed.out)).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @Test
    void runEndsWithTheStreamsThatWereAskedForFromTheStart() {
        Counter counter = new Counter(5);
        Counter viewed = new Counter(Long.MAX_VALUE);

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.every(viewed.number).late())
                .start(VALIDATED)) {
            assertThat(values(run, 0, counter.number)).hasSize(5);
        }
        assertThat(viewed.closed).hasValue(1);
    }

    @Test
    void finishDoesNotWaitForWhoNeverJoins() {
        Counter viewed = new Counter(Long.MAX_VALUE);

        try (Run run = pipeline(Subscription.every(viewed.number).late()).start(VALIDATED)) {
            assertThat(run.finish().frames()).isZero();
        }
    }

    @Test
    void nodesThatRememberSeeEveryFrameWhoeverJoins() {
        Counter counter = new Counter(20);
        RunningSum sum = new RunningSum();
        sum.in.from(counter.number);

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.every(sum.out).late())
                .start(VALIDATED)) {
            values(run, 0, counter.number);
        }
        assertThat(sum.seen).hasSize(20);
    }

    @Test
    void viewerOfAFoldSeesWholeResultsOnlyThoughItComesAndGoes() throws Exception {
        Counter counter = new Counter(400);
        Split split = new Split();
        Apply ten = new Apply(value -> 10);
        ten.in.from(counter.number);
        split.in.from(ten.out);
        Total total = new Total(false);
        total.in.from(apply(split.child).out);

        Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.newest(total.out).late())
                .start(VALIDATED);
        List<Long> shown = new CopyOnWriteArrayList<>();
        Thread viewer = Thread.ofPlatform().start(() -> {
            for (boolean more = true; more; ) {
                run.join(1);
                Optional<Frame> frame = run.next(1);
                frame.ifPresent(next -> shown.add(next.get(total.out)));
                more = frame.isPresent();
                run.leave(1);
            }
        });
        try (run) {
            values(run, 0, counter.number);
            viewer.join();
        }
        assertThat(shown).containsOnly(45L);
        assertThat(total.open).hasValue(0);
    }

    @Test
    void viewerMayComeAndGoWhileTheRunIsClosed() throws Exception {
        for (int i = 0; i < 100; i++) {
            Counter counter = new Counter(Long.MAX_VALUE);
            Fill fill = new Fill(64);
            fill.in.from(counter.number);
            CountDownLatch begun = new CountDownLatch(1);
            Run run = pipeline(
                            Subscription.newest(fill.out),
                            Subscription.every(fill.out).late())
                    .start(VALIDATED);
            Thread viewer = Thread.ofPlatform().start(() -> {
                boolean more = true;
                while (more) {
                    run.join(1);
                    more = run.next(1).isPresent();
                    begun.countDown();
                    run.leave(1);
                }
            });
            begun.await();
            run.close();
            viewer.join();
        }
    }
}
