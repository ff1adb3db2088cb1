// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.measure.Nodes.Apply;
import org.fastpipeline.core.measure.Nodes.Batched;
import org.fastpipeline.core.measure.Nodes.Counter;
import org.fastpipeline.core.measure.Nodes.RunningSum;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.core.stream.Zip;
import org.fastpipeline.testing.EventRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A run that stands still says so, and who waits for whom.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StallTest {
    private static final int MANY_LOOKS = 60;

    private final Looks clock = new Looks();
    private final EventRecorder events = new EventRecorder();
    private final CountDownLatch latch = new CountDownLatch(1);
    private final RunOptions options = RunOptions.standard()
            .withWorkers(2)
            .withClock(clock)
            .withListener(events)
            .withStallAfter(Duration.ofMillis(8));

    /// A clock that stands while a test gets a run to where it wants it; then a millisecond passes with each look of
    /// the watchdog.
    private static final class Looks implements TimeSource {
        private long looks;
        private long now;
        private boolean running;

        @Override
        public synchronized long nanoTime() {
            looks++;
            now += running ? TimeUnit.MILLISECONDS.toNanos(1) : 0;
            notifyAll();
            return now;
        }

        @Override
        public void sleepUntil(long nanoTime) {
            throw new AssertionError("nobody here keeps a rate");
        }

        synchronized void run(boolean on) {
            running = on;
        }

        synchronized void advance(long milliseconds) {
            now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
        }

        synchronized void awaitMore(int count) throws InterruptedException {
            long last = looks + count;
            while (looks < last) {
                wait();
            }
        }
    }

    /// Waits until the run describes itself with lines that begin like these, and reads no source any more.
    private void awaitState(Run run, String... beginnings) throws InterruptedException {
        while (!isAt(run.describe(), beginnings)) {
            clock.awaitMore(1);
        }
    }

    private static boolean isAt(String state, String... beginnings) {
        return !state.contains(" makes ")
                && Arrays.stream(beginnings)
                        .allMatch(beginning -> state.lines().anyMatch(line -> line.startsWith(beginning)));
    }

    private void awaitStall(int count) throws InterruptedException {
        clock.run(true);
        events.await(
                count + " stalls",
                seen -> seen.stream().filter("stalled"::equals).count() == count);
    }

    @AfterEach
    void letGo() {
        latch.countDown();
    }

    private Apply heldAt(long held, Out<Long> from) {
        return new Apply(from, (value, _) -> {
            if (value == held) {
                latch.await();
            }
            return value;
        });
    }

    private static RunningSum sumOf(Apply apply) {
        RunningSum sum = new RunningSum();
        sum.in.from(apply.out);
        return sum;
    }

    @Test
    void aNodeThatHangsIsNamedWithItsFrameItsThreadAndWhereItIs() throws InterruptedException {
        Apply held = heldAt(0, new Counter(100).number);
        try (Run run = Pipeline.to(held.out).start(options)) {
            awaitState(run, "apply works on counter#0");
            awaitStall(1);
            assertThat(events.stall().lines())
                    .anyMatch(line -> line.matches("apply works on counter#0 for 0\\.\\d s on fast-cpu-[12]"))
                    .anyMatch(line -> line.contains("at org.fastpipeline.core.measure.Nodes$Apply.execute"));
            latch.countDown();
            assertThat(run.finish().frames()).isEqualTo(100);
        }
    }

    @Test
    void framesThatWaitForPortsTurnsAndRoomAreShown() throws InterruptedException {
        RunningSum sum = sumOf(heldAt(0, new Counter(100).number));
        String[] waits = {
            "counter waits for room: 4 frames of it are in work, as many as may be",
            "  counter#0: runningSum waits for apply.out",
            "  counter#1: runningSum waits for its turn after counter#0",
            "  counter#3: runningSum waits for its turn after counter#0"
        };
        try (Run run = Pipeline.to(sum.sum).start(options.withAhead(4))) {
            awaitState(run, waits);
            awaitStall(1);
            assertThat(events.stall().lines()).contains(waits);
            latch.countDown();
            run.finish();
        }
    }

    @Test
    void aStallIsReportedOnceAndTheNextOneAgain() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        Apply held = new Apply(new Counter(2).number, (value, _) -> {
            (value == 0 ? latch : second).await();
            return value;
        });
        RunningSum sum = sumOf(held);
        try (Run run = Pipeline.to(sum.sum).start(options.withWorkers(1))) {
            awaitState(run, "apply works on counter#0", "  counter on counter#1 (cpu)");
            awaitStall(1);
            clock.awaitMore(MANY_LOOKS);
            assertThat(events.count("stalled")).isEqualTo(1);
            clock.run(false);
            latch.countDown();
            awaitState(run, "apply works on counter#1");
            awaitStall(2);
            second.countDown();
            run.finish();
        }
    }

    @Test
    void aSubscriberWhoTakesHisTimeIsNoStall() throws InterruptedException {
        Apply apply = new Apply(new Counter(100).number, (value, _) -> value);
        String waits = "  subscriber of [apply.out]: has not taken counter#0 and 2 after it";
        try (Run run = Pipeline.to(apply.out).start(options.withAhead(3))) {
            awaitState(run, waits, "counter waits for room");
            clock.run(true);
            clock.awaitMore(MANY_LOOKS);
            clock.run(false);
            assertThat(events.events()).doesNotContain("stalled");
            assertThat(run.describe().lines()).contains(waits);
            assertThat(run.finish().frames()).isEqualTo(100);
        }
    }

    @Test
    void aFrameThatIsKeptFromGoingBackIsShown() throws InterruptedException {
        Apply apply = new Apply(new Counter(100).number, (value, _) -> value);
        try (Run run = Pipeline.to(apply.out).start(options)) {
            assertThat(run.next()).isPresent();
            assertThat(run.describe().lines())
                    .contains("  counter#0: through, and not yet taken or given back by its subscriber");
        }
    }

    @Test
    void aSubscriberWhoWaitsForWhatAnotherOneHoldsUpIsAStall() throws Exception {
        Counter counter = new Counter(100);
        Apply first = new Apply(counter.number, (value, _) -> value);
        Apply second = new Apply(counter.number, (value, _) -> value);
        List<Subscription> subscriptions = List.of(Subscription.every(first.out), Subscription.every(second.out));
        try (Run run = Pipeline.of(subscriptions, List.of()).start(options.withAhead(3))) {
            Thread subscriber = Thread.ofVirtual().start(() -> {
                while (run.next(0).isPresent()) {
                    events.record("taken");
                }
            });
            String[] waits = {
                "  subscriber of [apply.out]: waits for a frame",
                "  subscriber of [apply-2.out]: has not taken counter#0 and 2 after it"
            };
            awaitState(run, waits);
            awaitStall(1);
            assertThat(events.stall().lines()).contains(waits);
            run.cancel();
            subscriber.join();
        }
    }

    @Test
    void aSourceThatHangsIsShownAndWhoWaitsForIt() throws InterruptedException {
        Counter quick = new Counter(100);
        Apply held = heldAt(0, new Counter(100).number);
        Zip<Long, Long> zip = new Zip<>(Long.class, Long.class);
        zip.first.from(quick.number);
        zip.second.from(held.out);
        try (Run run = Pipeline.to(zip.firstOfPair).start(options)) {
            awaitState(run, "zip waits for a frame at zip.second", "apply works on counter-2#0");
            awaitStall(1);
            assertThat(events.stall().lines())
                    .contains("zip waits for a frame at zip.second")
                    .anyMatch(line -> line.startsWith("apply works on counter-2#0"));
            latch.countDown();
            run.finish();
        }
    }

    @Test
    void aRunThatGetsOnIsNoStallHoweverLongItTakes() throws InterruptedException {
        Apply slow = new Apply(new Counter(20).number, (value, _) -> {
            clock.advance(7);
            clock.awaitMore(2);
            return value;
        });
        try (Run run = Pipeline.to(slow.out).start(options.withWorkers(1))) {
            assertThat(run.finish().frames()).isEqualTo(20);
            assertThat(events.events()).doesNotContain("stalled");
        }
    }

    @Test
    void aGroupThatIsNotFullIsShown() throws InterruptedException {
        Batched batched = new Batched(heldAt(2, new Counter(100).number).out, 4, (value, _) -> value);
        String[] waits = {
            "  counter#0: batched waits until 4 frames are together",
            "  counter#1: batched waits until 4 frames are together",
            "  counter#2: batched waits for apply.out"
        };
        try (Run run = Pipeline.to(batched.out).start(options.withAhead(3))) {
            awaitState(run, waits);
            assertThat(run.describe().lines()).contains(waits);
            latch.countDown();
            assertThat(run.finish().frames()).isEqualTo(100);
        }
    }

    @Test
    void aGroupAtWorkIsNamedByItsFirstFrameAndTheirNumber() throws InterruptedException {
        Batched batched = new Batched(new Counter(8).number, 4, (value, _) -> {
            latch.await();
            return value;
        });
        try (Run run = Pipeline.to(batched.out).start(options.withWorkers(1))) {
            awaitState(run, "batched works on counter#0 and 3 after it");
            latch.countDown();
            assertThat(run.finish().frames()).isEqualTo(8);
        }
    }

    @Test
    void ofManyFramesThatWaitTheFirstAreShownAndTheOthersCounted() throws InterruptedException {
        RunningSum sum = sumOf(heldAt(1, new Counter(100).number));
        try (Run run = Pipeline.to(sum.sum).start(options.withAhead(40))) {
            String[] turns = IntStream.rangeClosed(2, 19)
                    .mapToObj(frame -> "  counter#" + frame + ": runningSum waits for its turn")
                    .toArray(String[]::new);
            awaitState(run, turns);
            awaitState(
                    run, "  counter#1: runningSum waits for apply.out", "counter waits for room", "  ... and 20 more");
            assertThat(run.describe().lines())
                    .filteredOn(line -> line.contains("waits for its turn"))
                    .hasSize(18);
            latch.countDown();
            assertThat(run.finish().frames()).isEqualTo(100);
        }
    }
}
