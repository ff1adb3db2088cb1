// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.RunningSum;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Sum;
import org.fastpipeline.core.run.TestNodes.Total;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StreamTest {
    private static List<Long> values(Run run, Out<Long> port) {
        List<Long> values = new ArrayList<>();
        run.forEach(frame -> values.add(frame.get(port)));
        return values;
    }

    @Test
    @Tag("behaviour-27")
    void framesComeOutInOrderOnceEachWhateverFinishesFirst() {
        Counter counter = new Counter(5);
        CountDownLatch secondDone = new CountDownLatch(1);
        Apply apply = new Apply(value -> {
            if (value == 0) {
                awaitUninterruptibly(secondDone);
            } else {
                secondDone.countDown();
            }
            return value;
        });
        apply.in.from(counter.number);

        try (Run run = Pipeline.to(apply.out).start(RunOptions.standard().withWorkers(2))) {
            assertThat(values(run, apply.out)).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @Test
    @Tag("behaviour-28")
    void sourceReadsNoFurtherAheadThanTheBound() {
        Counter counter = new Counter(100);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);

        try (Run run = Pipeline.to(apply.out).start(RunOptions.standard().withAhead(3))) {
            run.next();
            run.next();
            assertThat(apply.calls.get()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    @Tag("behaviour-45")
    void emptyStreamEndsAtOnce() {
        Counter counter = new Counter(0);

        try (Run run = Pipeline.to(counter.number).start()) {
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void cursorIsClosedOnce() {
        Counter counter = new Counter(3);

        try (Run run = Pipeline.to(counter.number).start()) {
            run.finish();
        }

        assertThat(counter.opened).hasValue(1);
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    @Tag("behaviour-79")
    void statefulNodeSeesFramesInOrderAndSpeaksAtTheEnd() {
        Counter counter = new Counter(50);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);
        RunningSum sum = new RunningSum();
        sum.in.from(apply.out);
        List<String> totals = new ArrayList<>();

        try (Run run =
                Pipeline.to(sum.out, sum.total).start(RunOptions.standard().withWorkers(4))) {
            for (Frame frame : run) {
                if (frame.outcome(sum.total) instanceof Outcome.Value<Long>(Long total)) {
                    totals.add(frame.id() + "=" + total);
                }
            }
        }

        assertThat(sum.seen).isSorted().hasSize(50);
        assertThat(totals).containsExactly("counter#50=1225");
        assertThat(sum.open).hasValue(0);
    }

    @Test
    void childrenAreFoldedIntoTheirOwnParent() {
        Counter counter = new Counter(6);
        Split split = new Split();
        split.in.from(counter.number);
        Sum sum = new Sum();
        sum.left.from(split.child);
        sum.right.from(counter.number);
        Total total = new Total(false);
        total.in.from(sum.out);

        try (Run run = Pipeline.to(total.out).start(RunOptions.standard().withWorkers(4))) {
            assertThat(values(run, total.out)).containsExactly(0L, 1L, 5L, 12L, 22L, 35L);
        }
        assertThat(total.open).hasValue(0);
    }

    @Test
    void childrenOfManyFramesAreDeliveredInOrderOfTheirPath() {
        Counter counter = new Counter(4);
        Split split = new Split();
        split.in.from(counter.number);
        List<String> ids = new ArrayList<>();

        try (Run run = Pipeline.to(split.child).start(RunOptions.standard().withWorkers(4))) {
            run.forEach(frame -> ids.add(frame.id().toString()));
        }

        assertThat(ids)
                .containsExactly(
                        "counter#1/split#0",
                        "counter#2/split#0",
                        "counter#2/split#1",
                        "counter#3/split#0",
                        "counter#3/split#1",
                        "counter#3/split#2");
    }

    @Test
    void twentyThousandChildrenOfOneFramePassInBoundedMemory() {
        TestNodes.Fill fill = new TestNodes.Fill(1 << 20);
        Constant<Long> count = new Constant<>(Long.class, 20_000L);
        Split split = new Split();
        split.in.from(count.output);
        fill.in.from(split.child);
        Mapping<Tensor, Long> first = new Mapping<>(
                Tensor.class, Long.class, tensor -> (long) tensor.elements().get(ValueLayout.JAVA_BYTE, 0));
        first.input.from(fill.out);
        Total total = new Total(false);
        total.in.from(first.output);

        RunOptions options =
                RunOptions.standard().withWorkers(2).withValidate(false).withMemoryCap(16L << 20);
        try (Run run = Pipeline.to(total.out).start(options)) {
            assertThat(run.next()).isPresent();
            assertThat(run.report().peakBytes()).isLessThanOrEqualTo(16L << 20);
        }
    }

    @Test
    @Tag("behaviour-67")
    void indexAndCountTravelWithTheFrame() {
        Counter counter = new Counter(3);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);
        List<Optional<Long>> indexes = new ArrayList<>();

        try (Run run = Pipeline.to(apply.out).start()) {
            run.forEach(frame -> indexes.add(frame.metadata(apply.out).get(Metadata.INDEX)));
        }

        assertThat(indexes).containsExactly(Optional.of(0L), Optional.of(1L), Optional.of(2L));
    }

    @Test
    @Tag("behaviour-17")
    void chainOfTenThousandNodesPassesValuesAndFailures() {
        Counter counter = new Counter(3);
        Out<Long> chain = counter.number;
        for (int i = 0; i < 10_000; i++) {
            int at = i;
            Mapping<Long, Long> link = new Mapping<>(Long.class, Long.class, value -> {
                if (at == 0 && value == 1) {
                    throw new IllegalStateException("no");
                }
                return value;
            });
            link.input.from(chain);
            chain = link.output;
        }
        List<Boolean> failed = new ArrayList<>();

        try (Run run = Pipeline.to(chain).start()) {
            run.forEach(frame -> failed.add(frame.failure().isPresent()));
        }

        assertThat(failed).containsExactly(false, true, false);
    }

    @Test
    @Tag("behaviour-15")
    void severalSubscriptionsOfOneRunGetTheirOwnPorts() {
        Counter counter = new Counter(3);
        Apply twice = new Apply(value -> 2 * value);
        twice.in.from(counter.number);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(counter.number), Subscription.every(twice.out)), List.of());

        try (Run run = pipeline.start(RunOptions.standard().withAhead(10))) {
            List<Long> first = new ArrayList<>();
            run.frames(0).forEach(frame -> first.add(frame.get(counter.number)));
            List<Long> second = new ArrayList<>();
            run.frames(1).forEach(frame -> second.add(frame.get(twice.out)));

            assertThat(first).containsExactly(0L, 1L, 2L);
            assertThat(second).containsExactly(0L, 2L, 4L);
        }
    }

    @Test
    @Tag("behaviour-38")
    void newestOnlySubscriberNeverSeesAnOlderFrameAndDropsAreCounted() {
        Counter counter = new Counter(200);
        Pipeline pipeline = Pipeline.of(
                List.of(Subscription.every(counter.number), Subscription.newest(counter.number)), List.of());
        List<Long> newest = new ArrayList<>();

        try (Run run = pipeline.start()) {
            for (Frame frame : run.frames(0)) {
                if (frame.get(counter.number) % 50 == 49) {
                    run.next(1).ifPresent(late -> newest.add(late.get(counter.number)));
                }
            }
            run.frames(1).forEach(frame -> newest.add(frame.get(counter.number)));
            assertThat(run.report().dropped()).isEqualTo(200 - newest.size());
        }

        assertThat(newest).isSorted().doesNotHaveDuplicates().hasSizeBetween(4, 20);
    }

    @Test
    void statelessNodeMayTakeConsecutiveFramesAtOnceTheLastGroupSmaller() {
        List<Integer> groups = new CopyOnWriteArrayList<>();
        Counter counter = new Counter(10);
        var batched = new Stateless() {
            final In<Long> in = in("in", Long.class);
            final Out<Long> out = out("out", Long.class);

            @Override
            public int batch() {
                return 4;
            }

            @Override
            public void execute(Step step) {
                groups.add(1);
                step.put(out, step.get(in));
            }

            @Override
            public void execute(List<Step> steps) {
                groups.add(steps.size());
                steps.forEach(step -> step.put(out, step.get(in)));
            }
        };
        batched.in.from(counter.number);

        try (Run run = Pipeline.to(batched.out).start(RunOptions.standard().withAhead(1))) {
            assertThat(values(run, batched.out)).hasSize(10).isSorted();
        }

        assertThat(groups).containsExactlyInAnyOrder(4, 4, 2);
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        Uninterruptibles.awaitUninterruptibly(latch);
    }
}
