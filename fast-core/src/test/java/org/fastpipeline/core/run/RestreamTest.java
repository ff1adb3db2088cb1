// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RestreamTest {
    /// Takes from two streams in turn, until both have ended.
    private static final class Interleave extends Restream<boolean[]> {
        final In<Long> left = in("left", Long.class);
        final In<Long> right = in("right", Long.class);
        final Out<Long> either = out("either", Long.class);

        @Override
        public boolean[] open() {
            return new boolean[1];
        }

        @Override
        public boolean next(boolean[] fromRight, Intake intake, Step step) throws InterruptedException {
            In<Long> first = fromRight[0] ? right : left;
            In<Long> second = fromRight[0] ? left : right;
            fromRight[0] = !fromRight[0];
            return put(first, intake, step) || put(second, intake, step);
        }

        private boolean put(In<Long> from, Intake intake, Step step) throws InterruptedException {
            Optional<Arrival> arrival = intake.take(from);
            arrival.ifPresent(taken -> {
                step.put(either, taken.get(from));
                taken.close();
            });
            return arrival.isPresent();
        }

        @Override
        public int holds() {
            return 1;
        }
    }

    /// The sums of three consecutive numbers; holds the last two.
    private static final class Window extends Restream<Deque<Restream.Arrival>> {
        final In<Long> number = in("number", Long.class);
        final Out<Long> sum = out("sum", Long.class);

        @Override
        public Deque<Arrival> open() {
            return new ArrayDeque<>();
        }

        @Override
        public boolean next(Deque<Arrival> held, Intake intake, Step step) throws InterruptedException {
            while (held.size() < 3) {
                Optional<Arrival> arrival = intake.take(number);
                if (arrival.isEmpty()) {
                    return false;
                }
                held.add(arrival.get());
            }
            step.put(
                    sum, held.stream().mapToLong(arrival -> arrival.get(number)).sum());
            held.remove().close();
            return true;
        }

        @Override
        public void close(Deque<Arrival> held) {
            held.forEach(Arrival::close);
        }

        @Override
        public int holds() {
            return 3;
        }
    }

    /// A static value that says where it is from.
    private static final class Origin extends Stateless {
        private static final Key<String> WHO = new Key<>("who", String.class);

        final Out<Long> value = out("value", Long.class);
        private final String who;

        Origin(String who) {
            this.who = who;
        }

        @Override
        public void execute(Step step) {
            step.tag(WHO, who);
            step.put(value, 1L);
        }
    }

    /// Passes numbers on; reads two static values beside them.
    private static final class Beside extends Restream<Boolean> {
        final In<Long> number = in("number", Long.class);
        final In<Long> first = in("first", Long.class);
        final In<Long> second = in("second", Long.class);
        final Out<Long> passed = out("passed", Long.class);

        @Override
        public Boolean open() {
            return true;
        }

        @Override
        public boolean next(Boolean state, Intake intake, Step step) throws InterruptedException {
            Optional<Arrival> arrival = intake.take(number);
            arrival.ifPresent(taken -> {
                step.put(passed, taken.get(number));
                taken.close();
            });
            return arrival.isPresent();
        }

        @Override
        public int holds() {
            return 1;
        }
    }

    private static List<Long> run(Out<Long> port, int ahead) {
        List<Long> values = new ArrayList<>();
        RunOptions options =
                RunOptions.standard().withWorkers(2).withAhead(ahead).withValidate(true);
        try (Run run = Pipeline.to(port).start(options)) {
            run.forEach(frame -> values.add(frame.get(port)));
        }
        return values;
    }

    @Test
    void twoStreamsOfUnlikeLengthAreInterleavedInTheOrderTheNodeChooses() {
        Interleave interleave = new Interleave();
        Apply negative = new Apply(value -> -1 - value);
        negative.in.from(new Counter(2).number);
        interleave.left.from(new Counter(5).number);
        interleave.right.from(negative.out);

        assertThat(run(interleave.either, 1)).containsExactly(0L, -1L, 1L, -2L, 2L, 3L, 4L);
    }

    @Test
    void staticInputsWhoseMetadataDisagreeEndTheStreamWithThatFailure() {
        Beside beside = new Beside();
        beside.number.from(new Counter(2).number);
        beside.first.from(new Origin("left").value);
        beside.second.from(new Origin("right").value);
        List<Optional<String>> failures = new ArrayList<>();

        try (Run run = Pipeline.to(beside.passed).start()) {
            run.forEach(frame -> failures.add(frame.failure().map(Throwable::getMessage)));
        }

        assertThat(failures).singleElement().asString().contains("who", "'left'", "'right'");
    }

    @Test
    void slidingWindowHoldsMoreFramesThanTheBoundWouldLetIn() {
        Window window = new Window();
        window.number.from(new Counter(6).number);

        assertThat(run(window.sum, 1)).containsExactly(3L, 6L, 9L, 12L);
    }

    @Test
    void streamTooShortForAWindowGivesNoFrame() {
        Window window = new Window();
        window.number.from(new Counter(2).number);

        assertThat(run(window.sum, 1)).isEmpty();
    }

    @Test
    void restreamThatEndsEarlyLetsItsInputsRunOn() {
        Counter counter = new Counter(100);
        var first = new Restream<Boolean>() {
            final In<Long> number = in("number", Long.class);
            final Out<Long> only = out("only", Long.class);
            private int taken;

            @Override
            public Boolean open() {
                return true;
            }

            @Override
            public boolean next(Boolean state, Intake intake, Step step) throws InterruptedException {
                if (taken++ > 0) {
                    return false;
                }
                Arrival arrival = intake.take(number).orElseThrow();
                step.put(only, arrival.get(number));
                arrival.close();
                return true;
            }

            @Override
            public int holds() {
                return 1;
            }
        };
        first.number.from(counter.number);

        assertThat(run(first.only, 2)).containsExactly(0L);
        assertThat(counter.closed).hasValue(1);
    }
}
