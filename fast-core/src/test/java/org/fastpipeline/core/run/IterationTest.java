// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A run is iterated as any collection is.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class IterationTest {
    /// Sums of frames of two streams, one of each, until either ends.
    private static final class Zip extends Restream<Boolean> {
        final In<Long> left = in("left", Long.class);
        final In<Long> right = in("right", Long.class);
        final Out<Long> sum = out("sum", Long.class);

        @Override
        public Boolean open() {
            return true;
        }

        @Override
        public boolean next(Boolean state, Intake intake, Step step) throws InterruptedException {
            Optional<Arrival> first = intake.take(left);
            Optional<Arrival> second = intake.take(right);
            boolean both = first.isPresent() && second.isPresent();
            if (both) {
                step.put(sum, first.get().get(left) + second.get().get(right));
            }
            first.ifPresent(Arrival::close);
            second.ifPresent(Arrival::close);
            return both;
        }

        @Override
        public int holds() {
            return 1;
        }
    }

    @Test
    @Tag("behaviour-61")
    void anIteratorGivesEveryFrameInOrderAndThenNoMore() {
        Counter counter = new Counter(20);

        try (Run run = Pipeline.to(counter.number).start()) {
            Iterator<Frame> frames = run.iterator();
            for (long i = 0; i < 20; i++) {
                assertThat(frames.hasNext()).isTrue();
                assertThat(frames.next().get(counter.number)).isEqualTo(i);
            }
            assertThat(frames.hasNext()).isFalse();
            assertThatThrownBy(frames::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    @Tag("behaviour-63")
    void twoStreamsReadTogetherEndWithTheShorter() {
        Zip zip = new Zip();
        zip.left.from(new Counter(10).number);
        zip.right.from(new Counter(20).number);

        try (Run run = Pipeline.to(zip.sum).start()) {
            long frames = 0;
            for (Frame frame : run) {
                assertThat(frame.get(zip.sum)).isEqualTo(2 * frames++);
            }
            assertThat(frames).isEqualTo(10);
        }
    }

    @Test
    @Tag("behaviour-63")
    void portsOfTwoStreamsAreNotIteratedTogetherUnlessSomeNodeSaysHow() {
        assertThatThrownBy(() -> Pipeline.to(new Counter(10).number, new Counter(20).number))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("Subscribe to the two apart");
    }

    @Test
    @Tag("behaviour-63")
    void aPortThatWasNotAskedForIsRefused() {
        Counter counter = new Counter(1);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);

        try (Run run = Pipeline.to(apply.out).start()) {
            Frame frame = run.next().orElseThrow();
            assertThatThrownBy(() -> frame.get(counter.number))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("counter.number, which the subscription does not name");
        }
    }

    @Test
    @Tag("behaviour-63")
    void askingForNothingIsRefused() {
        assertThatThrownBy(() -> Pipeline.of(List.of(), List.of()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("no port and no sink");
    }

    @Test
    @Tag("behaviour-78")
    void whetherTheStreamHasEndedCanBeAskedAtAnyTime() {
        Counter counter = new Counter(2);

        try (Run run = Pipeline.to(counter.number).onDemand(RunOptions.standard())) {
            assertThat(run.isEnded()).isFalse();
            run.next();
            assertThat(run.isEnded()).isFalse();
            assertThat(run.next()).isPresent();
            assertThat(run.next()).isEmpty();
            assertThat(run.isEnded()).isTrue();
        }
    }
}
