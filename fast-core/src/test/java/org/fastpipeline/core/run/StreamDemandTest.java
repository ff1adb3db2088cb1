// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Static;
import org.fastpipeline.core.run.TestNodes.Sum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who asks for a stream gets frames, each with all ports that were asked for.
///
/// A frame stands in for what is elsewhere a token of execution: nobody hands numbers through the graph, because all
/// ports of a subscription show the frame that was taken, and nothing is computed or taken by looking at it again.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StreamDemandTest {
    /// The fraction and the whole of a tenth, on ports of their own.
    private static final class Tenth extends Stateless {
        final In<Long> number = in("number", Long.class);
        final Out<Long> whole = out("whole", Long.class);
        final Out<Long> rest = out("rest", Long.class);

        @Override
        public void execute(Step step) {
            step.put(whole, step.get(number) / 10);
            step.put(rest, step.get(number) % 10);
        }
    }

    private final Counter counter = new Counter(20);

    private Apply plus(long summand, Out<Long> from) {
        Apply apply = new Apply(value -> value + summand);
        apply.in.from(from);
        return apply;
    }

    @Test
    @Tag("behaviour-12")
    void lookingAtAFrameAgainComputesNothingAndTakesNoFrame() {
        Apply apply = plus(100, counter.number);

        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            for (long i = 0; i < 3; i++) {
                Frame frame = pipeline.pull().orElseThrow();
                assertThat(frame.get(apply.out)).isEqualTo(100 + i);
                assertThat(frame.get(apply.out)).isEqualTo(100 + i);
                assertThat(apply.calls).hasValue((int) i + 1);
            }
        }
    }

    @Test
    @Tag("behaviour-13")
    void bothBranchesOfAStreamShowTheSameFrameInEveryStep() {
        Apply first = plus(100, counter.number);
        Apply third = plus(1000, plus(100, counter.number).out);
        long expected = 0;

        try (Run run =
                Pipeline.to(first.out, third.out).start(RunOptions.standard().withWorkers(2))) {
            for (Frame frame : run) {
                assertThat(frame.get(first.out)).isEqualTo(expected + 100);
                assertThat(frame.get(third.out)).isEqualTo(expected + 1100);
                expected++;
            }
        }
        assertThat(expected).isEqualTo(20);
    }

    @Test
    @Tag("behaviour-14")
    void newestOnlyShowsOneFrameOnAllPortsAndNoFrameTwice() {
        Apply first = plus(100, counter.number);
        Apply third = plus(1000, plus(100, counter.number).out);
        Pipeline pipeline = Pipeline.of(List.of(Subscription.newest(first.out, third.out)), List.of());
        long last = -1;

        try (Run run = pipeline.start()) {
            for (Frame frame : run) {
                long number = frame.get(first.out) - 100;
                assertThat(number).isGreaterThan(last);
                assertThat(frame.get(third.out)).isEqualTo(number + 1100);
                last = number;
            }
        }
        assertThat(last).isNotNegative();
    }

    @Test
    @Tag("behaviour-15")
    @Tag("behaviour-64")
    void eachSubscriptionHasACursorOfItsOwnAndLosesNothingToTheOther() {
        Tenth tenth = new Tenth();
        tenth.number.from(counter.number);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(tenth.rest), Subscription.every(tenth.rest)), List.of());
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();

        try (Run run = pipeline.start(RunOptions.standard().withAhead(8))) {
            for (int i = 0; i < 10; i++) {
                first.add(run.next(0).orElseThrow().get(tenth.rest));
                first.add(run.next(0).orElseThrow().get(tenth.rest));
                second.add(run.next(1).orElseThrow().get(tenth.rest));
                second.add(run.next(1).orElseThrow().get(tenth.rest));
            }
            assertThat(run.next(0)).isEmpty();
            assertThat(run.next(1)).isEmpty();
        }
        List<Long> all = List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(first).isEqualTo(all);
        assertThat(second).isEqualTo(all);
    }

    @Test
    @Tag("behaviour-21")
    @Tag("behaviour-62")
    void severalOutputsAndTheSourceComeFromOneStep() {
        Tenth tenth = new Tenth();
        tenth.number.from(counter.number);
        int frames = 0;

        try (Run run = Pipeline.to(counter.number, tenth.whole, tenth.rest).start()) {
            for (Frame frame : run) {
                assertThat(10 * frame.get(tenth.whole) + frame.get(tenth.rest))
                        .isEqualTo(frame.get(counter.number))
                        .isEqualTo(frames++);
            }
        }
        assertThat(frames).isEqualTo(20);
    }

    @Test
    @Tag("behaviour-22")
    void thePortAskedForIsThePortGiven() {
        Tenth tenth = new Tenth();
        tenth.number.from(plus(37, counter.number).out);

        try (Pipeline pipeline = Pipeline.to(tenth.whole, tenth.rest)) {
            Frame frame = pipeline.pull().orElseThrow();
            assertThat(frame.get(tenth.rest)).isEqualTo(7);
            assertThat(frame.get(tenth.whole)).isEqualTo(3);
        }
    }

    @Test
    @Tag("behaviour-23")
    void aStreamSeesAStaticChangeFromTheNextFrameOn() {
        Static importer = new Static();
        List<Long> numbers = new ArrayList<>();
        List<Long> statics = new ArrayList<>();
        Sum sum = new Sum();
        sum.left.from(counter.number);
        sum.right.from(importer.number);

        try (Pipeline pipeline = Pipeline.to(counter.number, sum.out)) {
            for (int i = 0; i < 10; i++) {
                if (i == 5) {
                    importer.first.set(2);
                }
                Frame frame = pipeline.pull().orElseThrow();
                numbers.add(frame.get(counter.number));
                statics.add(frame.get(sum.out) - frame.get(counter.number));
            }
        }
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(statics).containsExactly(1001L, 1001L, 1001L, 1001L, 1001L, 2001L, 2001L, 2001L, 2001L, 2001L);
        assertThat(importer.calls).hasValue(2);
    }
}
