// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a node may ask of its step and what not, and what its author is told.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StepMisuseTest {
    private static final RunOptions VALIDATED = RunOptions.standard().withValidate(true);

    /// What a node does with its step.
    private interface Work {
        void on(Tried node, Step step);
    }

    private static final class Tried extends Stateless {
        final In<Long> in = outcome("in", Long.class);
        final In<Long> open = optional("open", Long.class);
        final Out<Long> out = out("out", Long.class);
        private final Work work;

        Tried(Out<Long> from, Work work) {
            in.from(from);
            this.work = work;
        }

        @Override
        public void execute(Step step) {
            work.on(this, step);
        }
    }

    private final Counter counter = new Counter(1);
    private final List<Object> seen = new CopyOnWriteArrayList<>();

    /// The failure of the one frame of a node that does this.
    private FastException failure(Work work) {
        try (Run run = Pipeline.to(new Tried(counter.number, work).out).start(VALIDATED)) {
            return run.next().orElseThrow().failure().orElseThrow();
        }
    }

    /// What a node that reads this from its only input has put.
    private void work(Out<Long> from, Work work) {
        Work andPut = (node, step) -> {
            work.on(node, step);
            step.put(node.out, 1L);
        };
        try (Run run = Pipeline.to(new Tried(from, andPut).out).start(VALIDATED)) {
            assertThat(run.next().orElseThrow().failure()).isEmpty();
        }
    }

    @Test
    void aPortOfAnotherNodeIsNotRead() {
        Apply other = new Apply(value -> value);
        assertThat(failure((_, step) -> step.get(other.in)))
                .hasRootCauseInstanceOf(WrongUseException.class)
                .hasMessageContaining("tried, frame counter#0")
                .hasMessageContaining("met port apply.in of another node; needed one of its own");
    }

    @Test
    void aParameterOfAnotherNodeIsNotRead() {
        Apply other = new Apply(value -> value);
        assertThat(failure((_, step) -> step.get(other.plus)))
                .hasMessageContaining("met parameter apply.plus of another node; needed one of its own");
    }

    @Test
    void aPortOfAnotherNodeIsNotFilled() {
        assertThat(failure((_, step) -> step.put(counter.number, 1L)))
                .hasMessageContaining("met a result for port counter.number, which this step does not fill");
    }

    @Test
    void aPortIsFilledOnce() {
        assertThat(failure((node, step) -> {
                    step.put(node.out, 1L);
                    step.skip(node.out, "second thoughts");
                }))
                .hasMessageContaining("met a second result for port tried.out; needed one");
    }

    @Test
    void aStepIsOverWhenItsCallReturns() {
        List<Step> kept = new CopyOnWriteArrayList<>();
        work(counter.number, (_, step) -> kept.add(step));
        Step over = kept.getFirst();
        assertThatThrownBy(() -> over.memory().allocate(1))
                .isInstanceOf(ReleasedException.class)
                .hasMessageContaining("tried, frame counter#0");
    }

    @Test
    void anOptionalPortThatNobodyFeedsIsSaidToBeEmpty() {
        work(counter.number, (node, step) -> {
            seen.add(step.find(node.open));
            seen.add(step.outcome(node.open));
            assertThatThrownBy(() -> step.get(node.open))
                    .isInstanceOf(MissingValueException.class)
                    .hasMessageContaining("tried.open")
                    .hasMessageContaining("it is not connected");
        });
        assertThat(seen).containsExactly(Optional.empty(), new Outcome.Skipped<Long>("not connected"));
    }

    @Test
    void aFailureOfAnInputIsSeenWithItsCauseByWhoDeclaredForOutcomes() {
        Apply broken = new Apply(value -> {
            throw new IllegalStateException("no light");
        });
        broken.in.from(counter.number);
        work(broken.out, (node, step) -> {
            assertThat(step.outcome(node.in)).isInstanceOf(Outcome.Failed.class);
            assertThatThrownBy(() -> step.get(node.in))
                    .isInstanceOf(MissingValueException.class)
                    .hasStackTraceContaining("no light");
        });
    }

    @Test
    void aSkippedInputIsSeenWithItsReasonByWhoDeclaredForOutcomes() {
        Tried skipping = new Tried(counter.number, (node, step) -> step.skip(node.out, "too dark"));
        work(skipping.out, (node, step) -> {
            assertThat(step.outcome(node.in)).isEqualTo(new Outcome.Skipped<Long>("too dark"));
            assertThatThrownBy(() -> step.get(node.in))
                    .isInstanceOf(MissingValueException.class)
                    .hasMessageContaining("too dark");
        });
    }

    @Test
    void aFrameThatSkippedAPortHasNoValueForIt() {
        Tried skipping = new Tried(counter.number, (node, step) -> step.skip(node.out, "too dark"));
        try (Run run = Pipeline.to(skipping.out).start(VALIDATED);
                Frame frame = run.next().orElseThrow()) {
            assertThatThrownBy(() -> frame.get(skipping.out))
                    .isInstanceOf(MissingValueException.class)
                    .hasMessageContaining("tried.out")
                    .hasMessageContaining("too dark");
            assertThat(frame.failure()).isEmpty();
        }
    }

    @Test
    void aFrameIsNotReadOnceItIsGivenBack() {
        try (Run run = Pipeline.to(counter.number).start(VALIDATED)) {
            Frame frame = run.next().orElseThrow();
            frame.close();
            frame.close();
            assertThatThrownBy(() -> frame.get(counter.number)).isInstanceOf(ReleasedException.class);
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void aSubscriptionThatIsNotThereIsNamedWithTheirNumber() {
        try (Run run = Pipeline.to(counter.number).start(VALIDATED)) {
            for (int position : List.of(1, -1)) {
                assertThatThrownBy(() -> run.next(position))
                        .isInstanceOf(WrongUseException.class)
                        .hasMessageContaining("met subscription " + position + "; needed one of 1");
            }
        }
    }
}
