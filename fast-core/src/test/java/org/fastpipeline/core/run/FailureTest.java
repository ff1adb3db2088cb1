// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MetadataConflictException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Recorder;
import org.fastpipeline.core.run.TestNodes.RunningSum;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Total;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FailureTest {
    private static Apply failing(Counter counter, long... at) {
        Apply apply = new Apply(value -> {
            for (long bad : at) {
                if (value == bad) {
                    throw new IllegalStateException("cannot digest " + value);
                }
            }
            return value;
        });
        apply.in.from(counter.number);
        return apply;
    }

    @Test
    void failedFrameIsDeliveredInItsPlaceWithNodeFrameAndCause() {
        Apply apply = failing(new Counter(4), 2);
        List<String> seen = new ArrayList<>();

        try (Run run = Pipeline.to(apply.out).start()) {
            for (Frame frame : run) {
                seen.add(
                        switch (frame.outcome(apply.out)) {
                            case Outcome.Value<Long>(Long value) -> value.toString();
                            case Outcome.Skipped<Long> _ -> "skipped";
                            case Outcome.Failed<Long>(var cause) -> {
                                assertThat(cause).hasRootCauseInstanceOf(IllegalStateException.class);
                                yield cause.getMessage();
                            }
                        });
            }
            assertThat(run.report().failed()).isEqualTo(1);
        }

        assertThat(seen).containsExactly("0", "1", "apply, frame counter#2: cannot digest 2", "3");
    }

    @Test
    void failFastGivesExactlyTheFramesBeforeTheFirstFailingOneThenItsError() {
        Apply apply = failing(new Counter(100), 40, 7);
        List<Long> seen = new ArrayList<>();

        try (Run run = Pipeline.to(apply.out)
                .start(RunOptions.standard().withWorkers(4).failFast())) {
            assertThatThrownBy(() -> run.forEach(frame -> seen.add(frame.get(apply.out))))
                    .isInstanceOf(StepException.class)
                    .hasMessage("apply, frame counter#7: cannot digest 7");
        }

        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    @Tag("behaviour-42")
    void brokenSourceEndsItsStreamWithOneFailedFrame() {
        Counter counter = new Counter(10, 2);
        List<Boolean> failed = new ArrayList<>();

        try (Run run = Pipeline.to(counter.number).start()) {
            run.forEach(frame -> failed.add(frame.failure().isPresent()));
        }

        assertThat(failed).containsExactly(false, false, true);
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void onlyTransientFailuresAreTriedAgain() {
        TestNodes.Tries tries = new TestNodes.Tries();
        Apply apply = new Apply(value -> {
            int count = tries.count(value);
            if (value == 1 && count < 3) {
                throw new TransientException("the device was busy", null);
            }
            if (value == 2) {
                throw new IllegalStateException("poison");
            }
            return count;
        });
        apply.in.from(new Counter(3).number);
        List<String> seen = new ArrayList<>();

        try (Run run = Pipeline.to(apply.out).start()) {
            run.forEach(frame -> seen.add(frame.failure().isPresent() ? "failed" : "try " + frame.get(apply.out)));
            assertThat(run.report().retries()).isEqualTo(2);
        }

        assertThat(seen).containsExactly("try 1", "try 3", "failed");
        assertThat(tries.count(2)).isEqualTo(2);
    }

    @Test
    void failedStatefulStepStopsTheRunAfterItsFrame() {
        RunningSum sum = new RunningSum();
        sum.failsAt = 3;
        sum.in.from(new Counter(50).number);
        List<Boolean> failed = new ArrayList<>();

        try (Run run = Pipeline.to(sum.out).start(RunOptions.standard().withWorkers(4))) {
            assertThatThrownBy(() ->
                            run.forEach(frame -> failed.add(frame.failure().isPresent())))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("runningSum, frame counter#3");
        }

        assertThat(failed).containsExactly(false, false, false, true);
        assertThat(sum.open).hasValue(0);
    }

    @Test
    void statefulNodeThatRestartsGoesOnWithANewState() {
        RunningSum sum = new RunningSum();
        sum.failsAt = 3;
        sum.restarts = true;
        sum.in.from(new Counter(6).number);
        List<String> seen = new ArrayList<>();

        try (Run run = Pipeline.to(sum.out).start()) {
            run.forEach(frame -> seen.add(frame.failure().isPresent() ? "failed" : "" + frame.get(sum.out)));
        }

        assertThat(seen).containsExactly("0", "1", "3", "failed", "4", "9");
    }

    @Test
    void failedChildFailsItsParentUnlessTheFoldIsTolerant() {
        Counter counter = new Counter(4);
        Split split = new Split();
        split.in.from(counter.number);
        Apply apply = new Apply(value -> {
            if (value == 2) {
                throw new IllegalStateException("bad child");
            }
            return value;
        });
        apply.in.from(split.child);
        Total strict = new Total(false);
        strict.in.from(apply.out);
        Total tolerant = new Total(true);
        tolerant.in.from(apply.out);
        List<String> seen = new ArrayList<>();

        try (Run run = Pipeline.to(strict.out, tolerant.out).start()) {
            run.forEach(frame -> seen.add((frame.outcome(strict.out) instanceof Outcome.Failed<Long>(var cause)
                            ? cause.getMessage()
                            : frame.get(strict.out))
                    + "/" + frame.get(tolerant.out)));
        }

        assertThat(seen).containsExactly("0/0", "0/0", "1/1", "apply, frame counter#3/split#2: bad child/1");
    }

    @Test
    void sinkSeesEveryFrameInOrderAndCommitsWhenTheRunCompleted() {
        Recorder recorder = new Recorder();
        recorder.in.from(failing(new Counter(5), 1).out);

        Pipeline.to(recorder).run();

        assertThat(recorder.taken).containsExactly("0", "failed", "2", "3", "4");
        assertThat(recorder.completions).hasExactlyElementsOfTypes(Completion.Completed.class);
    }

    @Test
    void failingSinkStopsTheRunAndIsToldThatItFailed() {
        Recorder recorder = new Recorder();
        recorder.failsAt = 2;
        recorder.in.from(new Counter(500).number);
        Recorder other = new Recorder();
        other.in.from(recorder.in.feeds().getFirst());

        assertThatThrownBy(() -> Pipeline.to(recorder, other).run())
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("the disk is full");
        assertThat(recorder.taken).containsExactly("0", "1");
        assertThat(recorder.completions).hasExactlyElementsOfTypes(Completion.Failed.class);
        assertThat(other.completions).hasExactlyElementsOfTypes(Completion.Failed.class);
    }

    @Test
    void closedRunTellsSinksThatItWasCancelled() {
        Recorder recorder = new Recorder();
        Counter counter = new Counter(1_000_000);
        recorder.in.from(counter.number);

        try (Run run = Pipeline.of(List.of(Subscription.every(counter.number)), List.of(recorder))
                .start()) {
            run.next();
        }

        assertThat(recorder.completions).hasExactlyElementsOfTypes(Completion.Cancelled.class);
    }

    @Test
    void failureInAListenerDoesNotDisturbTheRun() {
        Counter counter = new Counter(3);
        RunOptions options = RunOptions.standard().withListener(new RunListener() {
            @Override
            public void frameDone(String frame, Optional<FastException> failure) {
                throw new IllegalStateException("listener");
            }
        });

        try (Run run = Pipeline.to(counter.number).start(options)) {
            assertThat(run.finish().frames()).isEqualTo(3);
        }
    }

    @Test
    @Tag("behaviour-69")
    void unequalMetadataUnderOneKeyFailsNamingBothProducers() {
        var key = new Key<>("patient", String.class);
        Counter counter = new Counter(1);
        List<Tagger> taggers = List.of(new Tagger(key, "a"), new Tagger(key, "b"));
        TestNodes.Sum sum = new TestNodes.Sum();
        taggers.forEach(tagger -> tagger.in.from(counter.number));
        sum.left.from(taggers.get(0).out);
        sum.right.from(taggers.get(1).out);

        try (Run run = Pipeline.to(sum.out).start()) {
            assertThat(run.next().orElseThrow().failure().orElseThrow())
                    .cause()
                    .isInstanceOf(MetadataConflictException.class)
                    .hasMessageContaining("'a' from tagger.out but 'b' from tagger-2.out");
        }
    }

    private static final class Tagger extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);
        private final Key<String> key;
        private final String value;

        Tagger(Key<String> key, String value) {
            this.key = key;
            this.value = value;
        }

        @Override
        public void execute(Step step) {
            step.tag(key, value);
            step.put(out, step.get(in));
        }
    }
}
