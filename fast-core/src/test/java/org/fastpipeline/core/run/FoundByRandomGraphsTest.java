// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Recorder;
import org.fastpipeline.core.run.TestNodes.RunningSum;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Static;
import org.fastpipeline.core.run.TestNodes.Sum;
import org.fastpipeline.core.run.TestNodes.Total;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What random graphs once found wrong, each as small as it gets.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FoundByRandomGraphsTest {
    private static final RunOptions VALIDATED = RunOptions.standard().withValidate(true);

    private static final class SlowToOpen extends Sink<Integer> {
        final In<Long> in = in("in", Long.class);
        final CountDownLatch mayOpen = new CountDownLatch(1);

        @Override
        public Integer open() throws InterruptedException {
            mayOpen.await();
            return 0;
        }

        @Override
        public void execute(Integer state, Step step) {}

        @Override
        public void close(Integer state, Completion completion) {}
    }

    @Test
    void nothingIsComputedOnDemandBeforeTheSinksAreOpen() throws Exception {
        Counter counter = new Counter(3);
        SlowToOpen sink = new SlowToOpen();
        sink.in.from(counter.number);
        AtomicReference<Long> first = new AtomicReference<>();

        try (Run run = Pipeline.of(List.of(Subscription.every(counter.number)), List.of(sink))
                .onDemand(VALIDATED)) {
            Thread consumer = Thread.ofPlatform()
                    .start(() -> first.set(run.next().orElseThrow().get(counter.number)));
            while (consumer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            sink.mayOpen.countDown();
            consumer.join();
        }

        assertThat(first).hasValue(0L);
    }

    private static final class InThrees extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);

        @Override
        public int batch() {
            return 3;
        }

        @Override
        public void execute(Step step) {
            step.put(out, step.get(in));
        }
    }

    @Test
    void groupDoesNotWaitForFramesThatNobodyTakes() {
        Counter counter = new Counter(20);
        InThrees threes = new InThrees();
        threes.in.from(counter.number);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(counter.number), Subscription.newest(threes.out)), List.of());

        try (Run run = pipeline.start(VALIDATED)) {
            assertThat(run).hasSize(20);
        }
    }

    /// Gives one frame, and changes a parameter when it is asked for the next.
    private static final class LastWord extends Source<Long> {
        final Out<Long> number = out("number", Long.class);
        private final Runnable atTheEnd;

        LastWord(Runnable atTheEnd) {
            this.atTheEnd = atTheEnd;
        }

        @Override
        public Cursor<Long> open(Step step) {
            long[] next = new long[1];
            return () -> {
                if (next[0] == 1) {
                    atTheEnd.run();
                    return new Next.End<>();
                }
                return new Next.Item<>(next[0]++, Metadata.EMPTY);
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

    private static final class Summary extends Stateful<Integer> {
        final In<Long> frame = in("frame", Long.class);
        final In<Long> setting = in("setting", Long.class);
        final Out<Long> said = out("said", Long.class);
        final Parameter<Integer> plus = integer("plus", 0, 0, 9, "", "added to what is said");

        @Override
        public Integer open() {
            return 0;
        }

        @Override
        public void execute(Integer state, Step step) {}

        @Override
        public void end(Integer state, Step step) {
            step.put(said, step.get(setting) + step.get(plus));
        }
    }

    @Test
    void frameMadeAtTheEndSeesTheParametersOfThatMoment() {
        Static setting = new Static();
        Summary summary = new Summary();
        LastWord source = new LastWord(() -> Parameter.setAll(List.of(setting.first.to(7), summary.plus.to(5))));
        summary.frame.from(source.number);
        summary.setting.from(setting.number);

        try (Run run = Pipeline.to(summary.said).start(VALIDATED)) {
            run.next();
            assertThat(run.next().orElseThrow().get(summary.said)).isEqualTo(7001 + 5);
        }
    }

    /// Takes frames by threes before it lets any go.
    private static final class Threes extends Restream<Integer> {
        final In<Long> in = in("in", Long.class);
        final Out<Long> sum = out("sum", Long.class);

        @Override
        public Integer open() {
            return 0;
        }

        @Override
        public boolean next(Integer state, Intake intake, Step step) throws InterruptedException {
            List<Arrival> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                intake.take(in).ifPresent(taken::add);
            }
            step.put(sum, taken.stream().mapToLong(one -> one.get(in)).sum());
            taken.forEach(Arrival::close);
            return !taken.isEmpty();
        }

        @Override
        public int holds() {
            return 3;
        }
    }

    private static Split tenEach(Counter counter) {
        Apply ten = new Apply(_ -> 10L);
        ten.in.from(counter.number);
        Split split = new Split();
        split.in.from(ten.out);
        return split;
    }

    @Test
    void framesThatARestreamHoldsLeaveSoThatChildrenOfLaterOnesMay() {
        Split split = tenEach(new Counter(6));
        Total total = new Total(false);
        total.in.from(split.child);
        Threes threes = new Threes();
        threes.in.from(total.out);
        Recorder recorder = new Recorder();
        recorder.in.from(threes.sum);

        try (Run run = Pipeline.of(List.of(Subscription.every(split.child)), List.of(recorder))
                .start(VALIDATED.withAhead(1))) {
            assertThat(run).hasSize(60);
        }
        assertThat(recorder.taken).containsExactly("135", "135");
    }

    @Test
    void groupOfParentsDoesNotKeepTheirWatchedChildren() {
        Split split = tenEach(new Counter(6));
        Total total = new Total(false);
        total.in.from(split.child);
        InThrees threes = new InThrees();
        threes.in.from(total.out);
        Recorder recorder = new Recorder();
        recorder.in.from(threes.out);

        try (Run run = Pipeline.of(List.of(Subscription.every(split.child)), List.of(recorder))
                .start(VALIDATED.withAhead(1))) {
            assertThat(run).hasSize(60);
        }
        assertThat(recorder.taken).hasSize(6).containsOnly("45");
    }

    @Test
    void subscriberToTheNewestStaticValueGetsItOfAllFramesHoweverOftenParametersChange() {
        Static setting = new Static();
        Counter counter = new Counter(20);
        Apply change = new Apply(value -> value);
        change.in.from(counter.number);
        Sum sum = new Sum();
        sum.left.from(change.out);
        sum.right.from(setting.number);
        Total total = new Total(false);
        total.in.from(counter.number);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(sum.out), Subscription.newest(total.out)), List.of());

        try (Run run = pipeline.start(VALIDATED.withAhead(1))) {
            for (Frame frame : run) {
                setting.first.set(2 + (int) (long) frame.get(sum.out) % 500);
            }
            assertThat(run.next(1).orElseThrow().get(total.out)).isEqualTo(190);
        }
    }

    @Test
    void lastWordOfAStreamDoesNotWaitForARestreamOfChildrenThatItHasNot() {
        Counter counter = new Counter(3);
        Split split = new Split();
        split.in.from(counter.number);
        Threes threes = new Threes();
        threes.in.from(split.child);
        RunningSum sum = new RunningSum();
        sum.in.from(counter.number);

        try (Run run = Pipeline.of(List.of(Subscription.every(threes.sum), Subscription.every(sum.total)), List.of())
                .start(VALIDATED.withAhead(8))) {
            assertThat(run).hasSize(2);
            assertThat(run.frames(1)).hasSize(4);
        }
    }
}
