// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.Nodes.Ticker;
import org.fastpipeline.testing.Nodes.Zip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ManualClockTest {
    private final EventRecorder events = new EventRecorder();

    private Thread sleeper(ManualClock clock, long milliseconds) {
        return Thread.ofPlatform().start(() -> {
            try {
                clock.sleepUntil(TimeUnit.MILLISECONDS.toNanos(milliseconds));
                events.record(milliseconds + " at " + clock.elapsed().toMillis());
            } catch (InterruptedException stop) {
                events.record("interrupted");
            }
        });
    }

    @Test
    void itStandsUntilItIsAdvanced() {
        ManualClock clock = new ManualClock();
        assertThat(clock.nanoTime()).isZero();
        clock.advance(Duration.ofHours(2));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void sleepersWakeWhenTheirTimeHasCome() throws InterruptedException {
        ManualClock clock = new ManualClock();
        Thread early = sleeper(clock, 10);
        Thread late = sleeper(clock, 20);
        clock.awaitSleepers(2);
        clock.advance(Duration.ofMillis(10));
        early.join();
        assertThat(events.events()).containsExactly("10 at 10");
        clock.advance(Duration.ofMillis(15));
        late.join();
        assertThat(events.events()).containsExactly("10 at 10", "20 at 25");
    }

    @Test
    void whoSleepsUntilNowDoesNotWait() throws InterruptedException {
        ManualClock clock = new ManualClock();
        clock.sleepUntil(0);
        clock.sleepUntil(-5);
    }

    @Test
    void aSleeperCanBeInterrupted() throws InterruptedException {
        ManualClock clock = new ManualClock();
        Thread sleeper = sleeper(clock, 10);
        clock.awaitSleepers(1);
        sleeper.interrupt();
        sleeper.join();
        assertThat(events.events()).containsExactly("interrupted");
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> new ManualClock().advance(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSelfAdvancingClockMovesToTheFirstWakeUpOnceAllSleep() throws InterruptedException {
        ManualClock clock = ManualClock.selfAdvancing(2);
        Thread late = sleeper(clock, 20);
        clock.awaitSleepers(1);
        assertThat(clock.nanoTime()).isZero();
        Thread early = sleeper(clock, 10);
        early.join();
        late.join();
        assertThat(events.events()).containsExactly("10 at 10", "20 at 20");
    }

    @Test
    void aRunAtARateTakesNoTimeOnASelfAdvancingClock() {
        ManualClock clock = ManualClock.selfAdvancing(1);
        Ticker ticker = new Ticker(100, Duration.ofMinutes(1));
        try (Run run = Pipeline.to(ticker.number).start(RunOptions.standard().withClock(clock))) {
            assertThat(run.finish().frames()).isEqualTo(100);
        }
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMinutes(99));
    }

    @Test
    void twoRatesInterleaveOnASelfAdvancingClockUntilBothHaveEnded() {
        ManualClock clock = ManualClock.selfAdvancing(2);
        Ticker quick = new Ticker(4, Duration.ofSeconds(1));
        Ticker slow = new Ticker(6, Duration.ofSeconds(3));
        Zip zip = new Zip();
        zip.left.from(quick.number);
        zip.right.from(slow.number);
        try (Run run = Pipeline.to(zip.sum).start(RunOptions.standard().withClock(clock))) {
            assertThat(run.finish().frames()).isEqualTo(4);
        }
        assertThat(clock.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aRunOnAStandingClockWaitsForTheTest() throws InterruptedException {
        ManualClock clock = new ManualClock();
        Ticker ticker = new Ticker(3, Duration.ofSeconds(1));
        try (Run run = Pipeline.to(ticker.number)
                .start(RunOptions.standard().withClock(clock).withListener(events))) {
            events.await("done ticker#0");
            clock.awaitSleepers(1);
            assertThat(events.events()).containsExactly("done ticker#0");
            clock.advance(Duration.ofSeconds(1));
            events.await("done ticker#1");
            clock.awaitSleepers(1);
            clock.advance(Duration.ofSeconds(1));
            assertThat(run.finish().frames()).isEqualTo(3);
        }
    }
}
