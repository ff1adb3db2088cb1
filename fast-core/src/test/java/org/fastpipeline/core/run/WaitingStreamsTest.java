// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Sum;
import org.fastpipeline.core.run.TestNodes.Total;
import org.fastpipeline.core.stream.Group;
import org.fastpipeline.core.stream.Zip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams whose frames wait for those of others.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WaitingStreamsTest {
    private static final RunOptions NARROW =
            RunOptions.standard().withValidate(true).withAhead(1);

    private static Total total(Out<Long> of) {
        Total total = new Total(false);
        total.in.from(of);
        return total;
    }

    private static Zip<Long, Long> zip(Out<Long> first, Out<Long> second) {
        Zip<Long, Long> zip = new Zip<>(Long.class, Long.class);
        zip.first.from(first);
        zip.second.from(second);
        return zip;
    }

    private static Group<Long, Long> group(int size, Out<Long> of) {
        Group<Long, Long> group = new Group<>(Long.class, size, Long.class, all -> all.stream()
                .mapToLong(value -> value)
                .sum());
        group.frames.from(of);
        return group;
    }

    private static Sum sum(Out<Long> a, Out<Long> b) {
        Sum sum = new Sum();
        sum.left.from(a);
        sum.right.from(b);
        return sum;
    }

    private static List<Fault> faults(Subscription... subscriptions) {
        return catchThrowableOfType(GraphException.class, () -> Pipeline.of(List.of(subscriptions), List.of()))
                .faults();
    }

    @Test
    void aNodeWhoseFramesWaitForTheEndOfAStreamThatWaitsForThemIsAFault() {
        Counter a = new Counter(5);
        Counter b = new Counter(5);
        Sum besideTheEnd = sum(a.number, total(b.number).out);
        Zip<Long, Long> pairs = zip(a.number, b.number);

        assertThat(faults(Subscription.every(besideTheEnd.out), Subscription.every(pairs.firstOfPair)))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.where()).isEqualTo("sum");
                    assertThat(fault.met())
                            .isEqualTo("has frames of counter wait for the last frame of counter-2, while frames of "
                                    + "counter-2 wait for those of counter");
                });
    }

    @Test
    void aSubscriptionThatHoldsFramesUntilTheEndOfAStreamThatWaitsForThemIsAFault() {
        Counter a = new Counter(5);
        Counter b = new Counter(5);
        Total end = total(b.number);
        Zip<Long, Long> pairs = zip(a.number, b.number);

        assertThat(faults(Subscription.every(a.number, end.out), Subscription.every(pairs.firstOfPair)))
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.where()).startsWith("[counter").contains(".number, total.out]"));
    }

    @Test
    void framesMayWaitForTheEndOfAStreamThatNeedsNoneOfThem() {
        Counter a = new Counter(3);
        Counter b = new Counter(20);
        Sum besideTheEnd = sum(a.number, total(b.number).out);

        assertThat(all(besideTheEnd.out, NARROW)).containsExactly(190L, 191L, 192L);
    }

    @Test
    void childrenMayWaitForTheEndOfOtherChildrenOfTheSameFrame() {
        Counter numbers = new Counter(4);
        Split some = new Split();
        some.in.from(numbers.number);
        Split others = new Split();
        others.in.from(numbers.number);
        Sum besideTheEnd = sum(some.child, total(others.child).out);
        Total last = total(besideTheEnd.out);

        assertThat(all(last.out, NARROW)).hasSize(4);
    }

    @Test
    void asManyFramesAreHeldAsStreamsNeedThatAreJoinedTwiceAtUnlikeRates() {
        Counter a = new Counter(300);
        Counter b = new Counter(300);
        Zip<Long, Long> oneByOne = zip(a.number, b.number);
        Zip<Long, Long> oneByFour = zip(a.number, group(4, b.number).group);
        Total first = total(oneByOne.firstOfPair);
        Total second = total(oneByFour.firstOfPair);

        try (Run run = Pipeline.to(first.out, second.out).start(NARROW)) {
            Frame frame = run.next().orElseThrow();

            assertThat(frame.get(first.out)).isEqualTo(299L * 300 / 2);
            assertThat(frame.get(second.out)).isEqualTo(74L * 75 / 2);
        }
    }

    @Test
    void memoryThatIsShortKeepsNoRunFromGettingOn() {
        Counter numbers = new Counter(30);
        Counter kibibytes = new Counter(30);
        Fill fill = new Fill(1 << 10);
        fill.in.from(kibibytes.number);
        Zip<Long, Tensor> oneByOne = new Zip<>(Long.class, Tensor.class);
        oneByOne.first.from(numbers.number);
        oneByOne.second.from(fill.out);
        Zip<Long, Tensor> sixByOne = new Zip<>(Long.class, Tensor.class);
        sixByOne.first.from(group(6, numbers.number).group);
        sixByOne.second.from(fill.out);
        Total first = total(oneByOne.firstOfPair);
        Total second = total(sixByOne.firstOfPair);

        RunOptions options = RunOptions.standard().withValidate(true).withAhead(16);
        try (Run run = Pipeline.to(first.out, second.out).start(options.withMemoryCap(40 << 10))) {
            Frame frame = run.next().orElseThrow();

            assertThat(frame.get(first.out)).isEqualTo(29L * 30 / 2);
            assertThat(frame.get(second.out)).isEqualTo(29L * 30 / 2);
        }
    }

    @Test
    void streamsThatDriftApartForEverEndTheRunWithTheReason() {
        Counter a = new Counter(Long.MAX_VALUE);
        Counter b = new Counter(Long.MAX_VALUE);
        Total first = total(zip(a.number, b.number).firstOfPair);
        Total second = total(zip(a.number, group(2, b.number).group).firstOfPair);

        try (Run run = Pipeline.to(first.out, second.out).start(RunOptions.standard())) {
            assertThatThrownBy(run::next)
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("65536 frames of counter")
                    .hasMessageContaining("drift apart");
        }
    }

    @Test
    void aSubscriberWhoIsBusyKeepsTheRunFromHoldingMore() {
        Counter a = new Counter(1000);
        try (Run run = Pipeline.to(a.number).start(NARROW)) {
            try (Frame frame = run.next().orElseThrow()) {
                while (!run.describe().contains("waits for room")) {
                    Thread.onSpinWait();
                }

                assertThat(run.describe()).contains("1 frames of it are in work, as many as may be");
                assertThat(frame.get(a.number)).isZero();
            }
        }
    }

    private static List<Long> all(Out<Long> port, RunOptions options) {
        List<Long> all = new ArrayList<>();
        try (Run run = Pipeline.to(port).start(options)) {
            run.forEach(frame -> all.add(frame.get(port)));
        }
        return all;
    }
}
