// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Reopening;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How streams begin and end: the first frame, failures of the source, no frames at all, and after the last.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SourceStopTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);

    /// Gives a frame only once it is let; remembers which threads walked over it.
    private static final class Gated extends Source<Long> {
        final Out<Long> number = out("number", Long.class);
        final Set<Thread> walkers = ConcurrentHashMap.newKeySet();
        final AtomicInteger opened = new AtomicInteger();
        final CountDownLatch waiting = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        final AtomicReference<Thread> walker = new AtomicReference<>();

        @Override
        public Cursor<Long> open(Step step) {
            opened.incrementAndGet();
            long[] next = new long[1];
            return () -> {
                walkers.add(Thread.currentThread());
                walker.set(Thread.currentThread());
                waiting.countDown();
                gate.await();
                return next[0] == 20 ? new Next.End<>() : new Next.Item<>(next[0]++, Metadata.EMPTY);
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

    @Test
    @Tag("behaviour-39")
    void firstCallWaitsForTheFirstFrameAndOneThreadWalksTheStream() throws Exception {
        Gated source = new Gated();

        try (Run run = Pipeline.to(source.number).start(VALIDATED)) {
            AtomicReference<Long> first = new AtomicReference<>();
            Thread taker = Thread.ofPlatform()
                    .start(() -> first.set(run.next().orElseThrow().get(source.number)));
            source.waiting.await();
            SubscriptionTest.awaitWaiting(taker);
            assertThat(first.get()).isNull();
            source.gate.countDown();
            taker.join();
            assertThat(first.get()).isZero();
            run.forEach(frame -> frame.get(source.number));
        }
        assertThat(source.opened).hasValue(1);
        assertThat(source.walkers).hasSize(1);
    }

    @Test
    @Tag("behaviour-40")
    void stopWhileTheSourceWaitsReturnsWithItsThreadEnded() throws Exception {
        Gated source = new Gated();
        Run run = Pipeline.to(source.number).start(VALIDATED.withStopDeadline(Duration.ofMinutes(5)));
        source.waiting.await();

        run.close();
        run.close();

        Thread walker = Objects.requireNonNull(source.walker.get());
        walker.join();
        assertThat(run.next()).isEmpty();
    }

    @Test
    @Tag("behaviour-42")
    void failingSourceReachesTheConsumerWithCauseAndMessage() {
        IllegalStateException cause = new IllegalStateException("sensor is dead");
        Camera camera = Camera.reopening(Reopening.NEVER).shows(0, 1).breaks(cause);
        Apply apply = new Apply(value -> value);
        apply.in.from(camera.number);

        try (Run run = Pipeline.to(apply.out).start(VALIDATED)) {
            assertThat(run.next()).isPresent();
            assertThat(run.next()).isPresent();
            assertThat(run.next().orElseThrow().failure().orElseThrow())
                    .hasMessage("camera, frame camera#2: sensor is dead")
                    .hasCause(cause);
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    @Tag("behaviour-42")
    void failureOfAChildsSourceNamesTheWholePath() {
        Everywhere graph = new Everywhere("patches.next", () -> {
            throw new IllegalStateException("no patch");
        });

        List<FastException> failures = new ArrayList<>();
        try (Run run = graph.pipeline.start(VALIDATED)) {
            for (Frame frame : run) {
                frame.failure().ifPresent(failures::add);
            }
        }
        // Patches of several frames are opened side by side; any of them may be the first to be asked.
        assertThat(failures).singleElement().satisfies(failure -> assertThat(Throwables.getStackTraceAsString(failure))
                .containsPattern("patches, frame origin#\\d/patches#0: no patch"));
    }

    @Test
    @Tag("behaviour-43")
    void failureBeforeTheFirstFrameReleasesWhoWaits() throws Exception {
        Camera camera = Camera.reopening(Reopening.NEVER);

        try (Run run = Pipeline.to(camera.number).start(VALIDATED)) {
            AtomicReference<FastException> failure = new AtomicReference<>();
            Thread taker = Thread.ofPlatform()
                    .start(() -> failure.set(run.next().orElseThrow().failure().orElseThrow()));
            camera.awaitRead();
            SubscriptionTest.awaitWaiting(taker);
            camera.breaks(new IllegalStateException("sensor is dead"));
            taker.join();
            assertThat(failure.get()).hasMessage("camera, frame camera#0: sensor is dead");
        }
    }

    @Test
    @Tag("behaviour-43")
    void sourceThatCannotBeOpenedReleasesWhoWaits() {
        Camera camera = Camera.reopening(Reopening.NEVER).cannotBeOpened(new IllegalStateException("no such device"));

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.failFast())) {
            assertThatThrownBy(run::next).isInstanceOf(FastException.class).hasMessageContaining("no such device");
        }
    }

    /// Where FAST throws, the stream is empty: whoever insists on a frame gets an error of its own.
    @Test
    @Tag("behaviour-45")
    void sourceWithoutFramesDeliversNothingAndEnds() {
        Counter counter = new Counter(0);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);

        try (Run run = Pipeline.to(apply.out).start(VALIDATED)) {
            assertThatThrownBy(() -> run.iterator().next()).isInstanceOf(NoSuchElementException.class);
            assertThat(run.report().frames()).isZero();
        }
        assertThat(apply.calls).hasValue(0);
    }

    @Test
    @Tag("behaviour-46")
    void askingAfterTheLastFrameNeitherExecutesNorWaits() {
        Counter counter = new Counter(3);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);

        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            for (int i = 0; i < 3; i++) {
                assertThat(pipeline.pull()).isPresent();
            }
            for (int i = 0; i < 3; i++) {
                assertThat(pipeline.pull()).isEmpty();
            }
        }
        assertThat(apply.calls).hasValue(3);
    }
}
