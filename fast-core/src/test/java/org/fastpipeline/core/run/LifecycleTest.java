// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.StuckException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LifecycleTest {
    private static final RunOptions VALIDATED = RunOptions.standard().withValidate(true);

    private static Fill fill(long count, long bytes) {
        Fill fill = new Fill(bytes);
        fill.in.from(new Counter(count).number);
        return fill;
    }

    @Test
    void payloadIsValidUntilTheNextFrameAndNoLonger() {
        Fill fill = fill(2, 100);

        try (Run run = Pipeline.to(fill.out).start(VALIDATED)) {
            Tensor first = run.next().orElseThrow().get(fill.out);
            assertThat(first.elements().get(ValueLayout.JAVA_BYTE, 99)).isZero();
            run.next();
            assertThatThrownBy(first::elements).isInstanceOf(ReleasedException.class);
        }
    }

    @Test
    void retainedPayloadOutlivesItsFrame() {
        Fill fill = fill(2, 100);

        try (Run run = Pipeline.to(fill.out).start(VALIDATED)) {
            try (Tensor kept = run.next().orElseThrow().get(fill.out).retain("the test")) {
                run.next();
                assertThat(kept.elements().get(ValueLayout.JAVA_BYTE, 99)).isZero();
            }
        }
    }

    @Test
    void leakFailsTheCloseAndNamesTheTaker() {
        Fill fill = fill(1, 100);
        Run run = Pipeline.to(fill.out).start(VALIDATED);
        Tensor leaked = run.next().orElseThrow().get(fill.out).retain("the test");

        assertThatThrownBy(run::close)
                .isInstanceOf(LeakException.class)
                .hasMessageContaining("the test (128 bytes taken by fill, frame counter#0)");
        leaked.close();
    }

    @Test
    @Tag("behaviour-7")
    void publishedPayloadCannotBeWritten() {
        Fill fill = fill(1, 100);

        try (Run run = Pipeline.to(fill.out).start(VALIDATED)) {
            Tensor tensor = run.next().orElseThrow().get(fill.out);
            assertThatThrownBy(tensor::writableElements).isInstanceOf(WrongUseException.class);
            assertThatThrownBy(() -> tensor.elements().set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @SuppressWarnings("restricted")
    void nativeWriteIntoPublishedMemoryIsFoundInValidateMode() {
        Fill fill = fill(1, 100);
        Run run = Pipeline.to(fill.out).start(VALIDATED);
        Tensor tensor = run.next().orElseThrow().get(fill.out);
        MemorySegment.ofAddress(tensor.address()).reinterpret(100).fill((byte) 9);

        assertThatThrownBy(run::close)
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("content that changed after it was published");
    }

    @Test
    @Tag("behaviour-75")
    void passingAFrameThroughManyNodesCopiesNothing() {
        Fill fill = fill(1, 1 << 20);
        Out<Tensor> chain = fill.out;
        for (int i = 0; i < 10; i++) {
            Pass pass = new Pass();
            pass.in.from(chain);
            chain = pass.out;
        }
        Out<Tensor> last = chain;

        try (Run run = Pipeline.to(fill.out, last).start(VALIDATED)) {
            Frame frame = run.next().orElseThrow();
            assertThat(frame.get(last).address()).isEqualTo(frame.get(fill.out).address());
            assertThat(run.report().peakBytes()).isLessThan(2 << 20);
        }
    }

    private static final class Pass extends Stateless {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public void execute(Step step) {
            step.put(out, step.get(in));
        }
    }

    @Test
    void stepPastTheHardCapFailsAndNamesTheLargestHolders() {
        Fill fill = fill(1, 4 << 20);

        try (Run run = Pipeline.to(fill.out).start(VALIDATED.withMemoryCap(1 << 20))) {
            assertThat(run.next().orElseThrow().failure().orElseThrow())
                    .hasMessageStartingWith("fill, frame counter#0: asked for 4194304 bytes")
                    .cause()
                    .isInstanceOf(MemoryExhaustedException.class);
        }
    }

    @Test
    void slowConsumerHoldsTheSourceBackInBytes() {
        Fill fill = fill(100, 1 << 20);

        try (Run run = Pipeline.to(fill.out).start(VALIDATED.withAhead(1000).withMemoryCap(16 << 20))) {
            int frames = 0;
            for (Frame frame : run) {
                assertThat(frame.get(fill.out).elements().byteSize()).isEqualTo(1 << 20);
                frames++;
            }
            assertThat(frames).isEqualTo(100);
            assertThat(run.report().peakBytes()).isLessThanOrEqualTo(16 << 20);
        }
    }

    @Test
    @Tag("behaviour-40")
    void runMayBeClosedFromAnyThreadMoreThanOnce() throws Exception {
        Counter counter = new Counter(Long.MAX_VALUE);
        Run run = Pipeline.to(counter.number).start();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread consumer = Thread.ofPlatform().start(() -> {
            try {
                run.forEach(frame -> frame.get(counter.number));
            } catch (Throwable failure) {
                thrown.set(failure);
            }
        });

        run.close();
        run.close();
        consumer.join();

        assertThat(thrown.get()).satisfiesAnyOf(none -> assertThat(none).isNull(), late -> assertThat(late)
                .isInstanceOf(ReleasedException.class));
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void nodeMayCancelTheRunItIsPartOf() {
        AtomicReference<Run> self = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        Counter counter = new Counter(Long.MAX_VALUE);
        Apply apply = new Apply(value -> {
            StreamTest.awaitUninterruptibly(known);
            if (value == 3) {
                Objects.requireNonNull(self.get()).close();
            }
            return value;
        });
        apply.in.from(counter.number);

        try (Run run = Pipeline.to(apply.out).start()) {
            self.set(run);
            known.countDown();
            List<Long> seen = new ArrayList<>();
            run.forEach(frame -> seen.add(frame.get(apply.out)));
            assertThat(seen).isSorted();
        }
    }

    @Test
    @Tag("behaviour-31")
    void sourceThatWaitsIsInterruptedWhenTheRunStops() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        var camera = new Source<Long>() {
            final Out<Long> image = out("image", Long.class);

            @Override
            public Cursor<Long> open(Step step) {
                return () -> {
                    waiting.countDown();
                    never.await();
                    return new Next.End<>();
                };
            }

            @Override
            public void load(Long key, Step step) {}
        };

        try (Run run = Pipeline.to(camera.image).start()) {
            waiting.await();
            run.cancel();
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void stuckThreadIsReportedWithWhatItDoes() {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Apply apply = new Apply(value -> {
            stuck.countDown();
            StreamTest.awaitUninterruptibly(release);
            return value;
        });
        apply.in.from(new Counter(1).number);
        Run run = Pipeline.to(apply.out).start(RunOptions.standard().withStopDeadline(Duration.ofMillis(50)));
        StreamTest.awaitUninterruptibly(stuck);

        assertThatThrownBy(run::close)
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("in apply, frame counter#0");
        release.countDown();
    }

    @Test
    void closedRunLeavesNoThreadBehind() {
        Fill fill = fill(20, 100);
        try (Run run = Pipeline.to(fill.out).start(VALIDATED.withWorkers(4))) {
            run.finish();
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("fast-cpu") && thread.isAlive());
    }

    @Test
    void thousandRunsClosedAtAnyMomentLeakNothing() {
        for (int i = 0; i < 1000; i++) {
            Fill fill = fill(50, 64);
            TestNodes.RunningSum sum = new TestNodes.RunningSum();
            sum.in.from(fill.in.feeds().getFirst());
            try (Run run = Pipeline.to(fill.out, sum.out).start(VALIDATED.withWorkers(2))) {
                for (int taken = 0; taken < i % 60; taken++) {
                    run.next();
                }
            }
            assertThat(sum.open).hasValue(0);
        }
    }

    @Test
    void reportCountsExecutionsTimesAndParts() {
        Counter counter = new Counter(7);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);

        try (Run run = Pipeline.to(apply.out).start(RunOptions.standard().withMeasurement(Measurement.all()))) {
            var report = run.finish();
            assertThat(report.frames()).isEqualTo(7);
            assertThat(report.nodes()).containsOnlyKeys("counter", "apply");
            assertThat(report.nodes().get("apply"))
                    .isNotNull()
                    .satisfies(node -> assertThat(node.time().count()).isEqualTo(7));
            assertThat(report.latency().count()).isEqualTo(7);
        }
    }
}
