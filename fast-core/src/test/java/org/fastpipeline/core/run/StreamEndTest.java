// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.RunningSum;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Static;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The end of a stream is an event of its own.
///
/// No frame carries a mark of being the last: who waits for the end is told after the last frame, and what it says then
/// is one more frame. So a mark cannot be forgotten on data, nor mixed up between streams.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StreamEndTest {
    /// The last number of its stream: said at the end only, or in every step.
    private static final class Last extends Stateful<long[]> {
        final In<Long> in = in("in", Long.class);
        final Out<Long> last = out("last", Long.class);
        final Parameter<Integer> everyStep = integer("everyStep", 0, 0, 1, "", "1 to speak in every step");

        @Override
        public long[] open() {
            return new long[1];
        }

        @Override
        public void execute(long[] state, Step step) {
            state[0] = step.get(in);
            if (step.get(everyStep) == 1) {
                step.put(last, state[0]);
            }
        }

        @Override
        public void end(long[] state, Step step) {
            step.put(last, state[0]);
        }
    }

    private static List<String> values(Run run, int subscription, Out<Long> port) {
        List<String> values = new ArrayList<>();
        for (Frame frame : run.frames(subscription)) {
            if (frame.outcome(port) instanceof Outcome.Value<Long>(Long value)) {
                values.add(frame.id() + "=" + value);
            }
        }
        return values;
    }

    @Test
    @Tag("behaviour-71")
    void theEndOfOneStreamSaysNothingAboutTheNext() {
        Split split = new Split();
        split.in.from(new Counter(4).number);
        RunningSum sum = new RunningSum();
        sum.in.from(split.child);

        try (Run run = Pipeline.to(sum.out, sum.total).start()) {
            assertThat(values(run, 0, sum.total))
                    .containsExactly(
                            "counter#0/split#0=0", "counter#1/split#1=0", "counter#2/split#2=1", "counter#3/split#3=3");
        }
    }

    @Test
    @Tag("behaviour-72")
    void twoStreamsOfOneKindHaveEachAnEndOfTheirOwn() {
        RunningSum first = new RunningSum();
        first.in.from(new Counter(3).number);
        RunningSum second = new RunningSum();
        second.in.from(new Counter(5).number);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(first.total), Subscription.every(second.total)), List.of());

        try (Run run = pipeline.start(RunOptions.standard().withAhead(10))) {
            assertThat(values(run, 0, first.total)).containsExactly("counter#3=3");
            assertThat(values(run, 1, second.total)).containsExactly("counter-2#5=10");
        }
    }

    @Test
    @Tag("behaviour-76")
    void aPortSaysWhetherItStreams() {
        Counter counter = new Counter(1);
        Static still = new Static();
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(counter.number), Subscription.every(still.number)), List.of());
        Graph graph = pipeline.graph();

        assertThat(graph.domain(still.number)).isEqualTo(Graph.ROOT);
        assertThat(graph.domain(counter.number).parent()).contains(Graph.ROOT);
    }

    @Test
    @Tag("behaviour-79")
    void whatReadsTheEndExecutesOnceAfterTheLastFrame() {
        Last last = new Last();
        last.in.from(new Counter(10).number);
        Apply apply = new Apply(value -> value + 100);
        apply.in.from(last.last);

        try (Run run = Pipeline.to(apply.out).start()) {
            assertThat(values(run, 0, apply.out)).containsExactly("counter#10=109");
        }
        assertThat(apply.calls).hasValue(1);
    }

    @Test
    @Tag("behaviour-80")
    void toldNotToWaitForTheEndItExecutesInEveryStep() {
        Last last = new Last();
        last.in.from(new Counter(4).number);
        Apply apply = new Apply(value -> value);
        apply.in.from(last.last);

        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            pipeline.pull();
            assertThat(apply.calls).hasValue(0);
            last.everyStep.set(1);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(1);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(2);
            assertThat(apply.calls).hasValue(2);
            last.everyStep.set(0);
            pipeline.pull();
            assertThat(apply.calls).hasValue(2);
        }
    }

    @Test
    @Tag("behaviour-81")
    void aFunctionOfTheEndIsNotCalledBeforeIt() {
        Last last = new Last();
        last.in.from(new Counter(3).number);
        List<Long> calls = new CopyOnWriteArrayList<>();
        Mapping<Long, Long> function = new Mapping<>(Long.class, Long.class, value -> {
            calls.add(value);
            return value;
        });
        function.input.from(last.last);

        try (Pipeline pipeline = Pipeline.to(function.output)) {
            for (int i = 0; i < 3; i++) {
                pipeline.pull();
                assertThat(calls).isEmpty();
            }
            pipeline.pull();
            assertThat(calls).containsExactly(2L);
        }
    }
}
