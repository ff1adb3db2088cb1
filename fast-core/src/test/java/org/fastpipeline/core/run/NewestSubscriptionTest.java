// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Subscribers who want the newest frame only.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class NewestSubscriptionTest {
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
    @Tag("behaviour-38")
    void newestOnlyFramesStrictlyAdvanceAndEndWithTheLastOfTheStream() {
        for (int count = 1; count < 60; count++) {
            Counter counter = new Counter(count);
            Apply viewed = apply(apply(counter.number).out);

            try (Run run = pipeline(Subscription.newest(viewed.out)).start(VALIDATED.withAhead(8))) {
                List<Long> seen = values(run, 0, viewed.out);
                assertThat(seen).isSorted().doesNotHaveDuplicates().endsWith(count - 1L);
            }
        }
    }

    @Test
    void framesThatTheBusyNewestOnlySubscriberDoesNotTakeAreNotComputed() {
        Counter counter = new Counter(500);
        Semaphore mayGoOn = new Semaphore(0);
        Apply viewed = new Apply(value -> {
            mayGoOn.acquireUninterruptibly();
            return value;
        });
        viewed.in.from(counter.number);

        try (Run run = pipeline(Subscription.every(counter.number), Subscription.newest(viewed.out))
                .start(VALIDATED.withAhead(510))) {
            while (counter.opened.get() == 0) {
                Thread.onSpinWait();
            }
            mayGoOn.release(500);
            values(run, 0, counter.number);
            assertThat(values(run, 1, viewed.out)).endsWith(499L);
        }
    }

    @Test
    void allPortsOfANewestOnlySubscriptionShowOneFrame() {
        Counter counter = new Counter(300);
        Apply left = apply(counter.number);
        Apply right = apply(apply(counter.number).out);

        try (Run run = pipeline(
                        Subscription.newest(left.out, right.out, counter.number), Subscription.newest(right.out))
                .start(VALIDATED.withWorkers(4))) {
            List<Long> shown = new ArrayList<>();
            for (Frame frame : run) {
                shown.add(frame.get(left.out));
                assertThat(frame.get(right.out)).isEqualTo(frame.get(left.out));
                assertThat(frame.get(counter.number)).isEqualTo(frame.id().sequence());
            }
            assertThat(shown).isSorted().doesNotHaveDuplicates();
        }
    }

    /// Somebody who draws a frame, or does not come for it, holds nobody up: not with the least room there is.
    @Test
    void computingDoesNotWaitForWhoShowsTheNewest() {
        Counter counter = new Counter(100);
        Fill fill = new Fill(1 << 20);
        fill.in.from(counter.number);

        try (Run run = pipeline(Subscription.every(counter.number), Subscription.newest(fill.out))
                .start(VALIDATED.withAhead(1).withMemoryCap(12 << 20))) {
            run.next(1);
            assertThat(values(run, 0, counter.number)).hasSize(100);
        }
    }

    @Test
    void groupsOfFramesAreWholeThoughSomeFramesAreNotWanted() {
        Counter counter = new Counter(100);
        Batched batched = new Batched(4);
        batched.in.from(counter.number);

        try (Run run = pipeline(Subscription.newest(batched.out)).start(VALIDATED.withAhead(2))) {
            assertThat(values(run, 0, batched.out)).isSorted().endsWith(99L);
        }
    }

    @Test
    void dropsAreCountedPerSubscriptionAndTold() {
        Counter counter = new Counter(100);
        List<String> told = new CopyOnWriteArrayList<>();
        RunOptions options = VALIDATED.withListener(new RunListener() {
            @Override
            public void frameDropped(String frame, String dropper) {
                told.add(dropper + ": " + frame);
            }
        });

        try (Run run = pipeline(
                        Subscription.every(counter.number),
                        Subscription.newest(counter.number),
                        Subscription.newest(counter.number).late())
                .start(options)) {
            values(run, 0, counter.number);
            values(run, 1, counter.number);
            assertThat(run.report().drops()).containsOnlyKeys("subscription 1").containsEntry("subscription 1", 99L);
        }
        assertThat(told).hasSize(99).contains("subscription 1: counter#0").doesNotHaveDuplicates();
    }

    /// Takes several frames at once.
    private static final class Batched extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);
        private final int size;

        Batched(int size) {
            this.size = size;
        }

        @Override
        public int batch() {
            return size;
        }

        @Override
        public void execute(Step step) {
            step.put(out, step.get(in));
        }
    }
}
