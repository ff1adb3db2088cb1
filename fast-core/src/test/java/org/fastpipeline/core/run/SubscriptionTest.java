// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Static;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SubscriptionTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);

    private static Apply apply(Out<Long> from) {
        Apply apply = new Apply(value -> value);
        apply.in.from(from);
        return apply;
    }

    /// A static value keeps: it is taken as often as one asks, and computed once.
    @Test
    @Tag("behaviour-24")
    void staticValueCanBeTakenAgainAndAgain() {
        Static constant = new Static();

        try (Pipeline pipeline = Pipeline.to(constant.number)) {
            for (int i = 0; i < 3; i++) {
                Frame frame = pipeline.pull().orElseThrow();
                assertThat(frame.get(constant.number)).isEqualTo(1001);
                assertThat(frame.id().toString()).isEqualTo("static#0");
            }
            assertThat(constant.calls).hasValue(1);
        }
    }

    /// A stream beside it need not be through, nor even be read.
    @Test
    @Tag("behaviour-24")
    void staticValueIsThereWhileStreamsGoOn() {
        Static constant = new Static();
        Counter counter = new Counter(1000);
        Pipeline pipeline = Pipeline.of(
                List.of(Subscription.every(constant.number), Subscription.every(counter.number)), List.of());

        try (Run run = pipeline.start(VALIDATED)) {
            assertThat(run.next(0).orElseThrow().get(constant.number)).isEqualTo(1001);
            assertThat(run.next(1).orElseThrow().get(counter.number)).isZero();
        }
    }

    /// What was put while nobody took is replaced by what came later; the next taken is the newest.
    @Test
    @Tag("behaviour-25")
    void newestOnlySubscriberTakesTheNewestOfWhatIsThrough() {
        Counter counter = new Counter(100);
        Pipeline pipeline = Pipeline.of(
                List.of(Subscription.every(counter.number), Subscription.newest(counter.number)), List.of());

        try (Run run = pipeline.start(VALIDATED)) {
            run.frames(0).forEach(frame -> frame.get(counter.number));
            assertThat(run.next(1).orElseThrow().get(counter.number)).isEqualTo(99);
            assertThat(run.next(1)).isEmpty();
            assertThat(run.report().drops()).containsOnly(Map.entry("subscription 1", 99L));
        }
    }

    /// A second take waits for a second frame; here a gate holds that back until the taker waits.
    @Test
    @Tag("behaviour-26")
    void takenFrameIsNotTakenTwice() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Apply apply = new Apply(value -> {
            if (value == 1) {
                StreamTest.awaitUninterruptibly(gate);
            }
            return value;
        });
        apply.in.from(new Counter(2).number);

        try (Run run =
                Pipeline.of(List.of(Subscription.newest(apply.out)), List.of()).start(VALIDATED)) {
            assertThat(run.next().orElseThrow().get(apply.out)).isZero();
            List<Long> second = new ArrayList<>();
            Thread taker =
                    Thread.ofPlatform().start(() -> run.next().ifPresent(frame -> second.add(frame.get(apply.out))));
            awaitWaiting(taker);
            assertThat(second).isEmpty();
            gate.countDown();
            taker.join();
            assertThat(second).containsExactly(1L);
        }
    }

    /// No queue of its own: what stands in is admission, which lets in as many frames as `ahead` says.
    @Test
    @Tag("behaviour-28")
    void sourceWaitsUntilAFrameIsGivenBack() throws Exception {
        AtomicLong read = new AtomicLong();
        Waiting source = new Waiting(20, read);

        try (Run run = Pipeline.to(source.number).start(VALIDATED.withAhead(3))) {
            for (long taken = 1; taken <= 17; taken++) {
                assertThat(run.next()).isPresent();
                // Frames before the one in hand are given back; with it, three are not.
                while (read.get() < taken + 2) {
                    Thread.onSpinWait();
                }
                awaitWaiting(source.reader.get());
                assertThat(read).hasValue(taken + 2);
            }
        }
    }

    /// Tells which thread reads it, and how far it has read.
    private static final class Waiting extends Source<Long> {
        final Out<Long> number = out("number", Long.class);
        final CompletableFuture<Thread> reader = new CompletableFuture<>();
        private final long count;
        private final AtomicLong read;

        Waiting(long count, AtomicLong read) {
            this.count = count;
            this.read = read;
        }

        @Override
        public Cursor<Long> open(Step step) {
            return () -> {
                reader.complete(Thread.currentThread());
                return read.get() == count ? new Next.End<>() : new Next.Item<>(read.getAndIncrement(), Metadata.EMPTY);
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

    /// Bounds are values, checked when they are made, and given to a run when it begins: there is no later.
    @Test
    @Tag("behaviour-29")
    void boundsAreCheckedWhenTheyAreSet() {
        assertThatThrownBy(() -> VALIDATED.withAhead(0))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met 0 frames ahead");
        assertThatThrownBy(() -> VALIDATED.withMemoryCap(0)).isInstanceOf(WrongUseException.class);
        assertThat(VALIDATED.withAhead(7).ahead()).isEqualTo(7);
    }

    /// Reading a frame, or asking whether there is one, takes nothing; reading on after the end throws.
    @Test
    @Tag("behaviour-30")
    void lookingDoesNotConsume() {
        Counter counter = new Counter(2);

        try (Run run = Pipeline.to(counter.number).start(VALIDATED)) {
            var frames = run.iterator();
            assertThat(frames.hasNext()).isTrue();
            assertThat(frames.hasNext()).isTrue();
            Frame first = frames.next();
            assertThat(first.get(counter.number)).isZero();
            assertThat(first.get(counter.number)).isZero();
            assertThat(frames.next().get(counter.number)).isEqualTo(1);
            assertThatThrownBy(frames::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    @Tag("behaviour-31")
    void stopReleasesAllWhoWait() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Apply apply = new Apply(value -> {
            StreamTest.awaitUninterruptibly(never);
            return value;
        });
        apply.in.from(new Counter(10).number);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(apply.out), Subscription.newest(apply.out)), List.of());
        List<Thread> takers = new ArrayList<>();

        Run run = pipeline.start(VALIDATED);
        for (int i = 0; i < 6; i++) {
            int position = i % 2;
            takers.add(Thread.ofPlatform()
                    .start(() -> assertThat(run.next(position)).isEmpty()));
        }
        for (Thread taker : takers) {
            awaitWaiting(taker);
        }
        run.cancel();
        never.countDown();
        for (Thread taker : takers) {
            taker.join();
        }
        run.close();
    }

    @Test
    @Tag("behaviour-32")
    void stopByAnErrorCarriesItsMessageAndAPlainStopIsNone() {
        Counter counter = new Counter(Long.MAX_VALUE);

        try (Run run = Pipeline.to(counter.number).start(VALIDATED)) {
            run.abort("the patient moved");
            assertThatThrownBy(() -> run.forEach(frame -> frame.get(counter.number)))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessage("The run stopped: the patient moved");
        }
        try (Run run = Pipeline.to(counter.number).start(VALIDATED)) {
            run.cancel();
            run.forEach(frame -> frame.get(counter.number));
        }
    }

    /// The compiler refuses it; where it was deceived, the node that puts the value fails.
    @Test
    @Tag("behaviour-33")
    @SuppressWarnings({"unchecked", "rawtypes"})
    void valueOfAnotherTypeIsRefusedWithBothTypesNamed() {
        var liar = new Stateless() {
            final Out<Long> number = out("number", Long.class);

            @Override
            public void execute(Step step) {
                step.put((Out) number, "seven");
            }
        };

        try (Run run = Pipeline.to(liar.number).start(VALIDATED)) {
            assertThat(run.next().orElseThrow().failure().orElseThrow())
                    .hasMessageContaining("java.lang.String")
                    .hasMessageContaining("java.lang.Long")
                    .hasCauseInstanceOf(ClassCastException.class);
        }
    }

    @Test
    void eachSubscriptionHasACursorOfItsOwnAndConsumersOfOneShareIt() {
        Counter counter = new Counter(3);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(counter.number), Subscription.every(counter.number)), List.of());

        try (Run run = pipeline.start(VALIDATED.withAhead(5))) {
            assertThat(run.next(0).orElseThrow().get(counter.number)).isZero();
            assertThat(run.next(0).orElseThrow().get(counter.number)).isEqualTo(1);
            assertThat(run.next(1).orElseThrow().get(counter.number)).isZero();
            assertThat(run.next(0).orElseThrow().get(counter.number)).isEqualTo(2);
        }
    }

    @Test
    void portThatTheSubscriptionDoesNotNameIsRefused() {
        Counter counter = new Counter(1);
        Apply apply = apply(counter.number);

        try (Run run = Pipeline.to(apply.out).start(VALIDATED)) {
            Frame frame = run.next().orElseThrow();
            assertThatThrownBy(() -> frame.get(counter.number))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("counter.number");
        }
    }

    /// Waits, without a sleep, until a thread waits for something.
    static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
