// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Overflow;
import org.fastpipeline.core.graph.Reopening;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sources that do not wait, and sources that lose what they read from.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LiveSourceTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);
    private static final Reopening THRICE = new Reopening(3, Duration.ofMillis(100), 2);

    private static TransientException outage(String what) {
        return new TransientException(what, null);
    }

    private static List<String> names(Run run, Camera camera) {
        List<String> names = new ArrayList<>();
        run.forEach(frame -> names.add(frame.id() + "="
                + frame.get(camera.number) + "@"
                + frame.metadata(camera.number).get(Metadata.INDEX).orElseThrow()));
        return names;
    }

    /// What is dropped takes no number; the index shows the gap.
    @Test
    void busyPipelineGetsTheNewestFramesOfALiveSource() throws Exception {
        Camera camera = Camera.keeping(2);

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.withAhead(1))) {
            camera.shows(0, 0);
            assertThat(run.next().orElseThrow().get(camera.number)).isZero();
            camera.shows(1, 9);
            camera.awaitRead();
            camera.ends();
            assertThat(names(run, camera)).containsExactly("camera#1=8@8", "camera#2=9@9");
            assertThat(run.report().drops()).containsEntry("camera", 7L).hasSize(1);
            assertThat(run.report().dropped()).isEqualTo(7);
        }
        assertThat(camera.discarded).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void dropsOfASourceAreTold() throws Exception {
        Camera camera = Camera.keeping(1);
        List<String> told = new CopyOnWriteArrayList<>();
        RunOptions options = VALIDATED.withAhead(1).withListener(new RunListener() {
            @Override
            public void frameDropped(String frame, String dropper) {
                told.add(dropper + ": " + frame);
            }
        });

        try (Run run = Pipeline.to(camera.number).start(options)) {
            camera.shows(0, 0);
            run.next();
            camera.shows(1, 3);
            camera.awaitRead();
        }
        assertThat(told).containsExactly("camera: camera, index 1", "camera: camera, index 2");
    }

    @Test
    void sourceThatWaitsLosesNothing() {
        Camera camera = Camera.reopening(Reopening.NEVER).shows(0, 49).ends();

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.withAhead(1))) {
            assertThat(names(run, camera)).hasSize(50);
            assertThat(run.report().drops()).isEmpty();
        }
        assertThat(camera.discarded).isEmpty();
    }

    @Test
    void deviceIsReadThoughNobodyAsksForItsFrames() throws Exception {
        Camera camera = Camera.keeping(1);

        try (Run run = Pipeline.of(List.of(Subscription.newest(camera.number).late()), List.of())
                .start(VALIDATED)) {
            camera.shows(0, 4);
            camera.awaitRead();
            run.join(0);
            assertThat(run.next().orElseThrow().get(camera.number)).isEqualTo(4);
        }
        assertThat(camera.loaded).containsExactly(4L);
        assertThat(camera.discarded).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    @Test
    void eachFrameOfAStoppedRunIsLoadedOrDiscardedOnce() {
        for (int i = 0; i < 200; i++) {
            Camera camera = i % 2 == 0 ? Camera.keeping(3) : Camera.reopening(Reopening.NEVER);
            Apply apply = new Apply(value -> value);
            apply.in.from(camera.number);
            camera.shows(0, 59).ends();

            try (Run run = Pipeline.to(apply.out).start(VALIDATED)) {
                for (int taken = 0; taken < i % 8; taken++) {
                    run.next();
                }
            }
            List<Long> all = new ArrayList<>(camera.loaded);
            all.addAll(camera.discarded);
            assertThat(all).doesNotHaveDuplicates().hasSize(camera.taken());
            assertThat(camera.closed).hasValue(camera.opened.get());
        }
    }

    @Test
    void frameThatNobodyAsksForIsDiscardedAndNotLoaded() {
        Camera camera = Camera.reopening(Reopening.NEVER).shows(0, 99).ends();
        TestNodes.Counter counter = new TestNodes.Counter(1);

        try (Run run = Pipeline.of(
                        List.of(Subscription.newest(camera.number), Subscription.every(counter.number)), List.of())
                .start(VALIDATED)) {
            run.finish();
        }
        assertThat(camera.loaded.size() + camera.discarded.size()).isEqualTo(100);
        assertThat(camera.loaded).doesNotContainAnyElementsOf(camera.discarded).contains(99L);
    }

    @Test
    void transientOutageOpensTheSourceAgainAndNumberingGoesOn() {
        ManualClock clock = ManualClock.thatPassesByItself();
        List<String> told = new CopyOnWriteArrayList<>();
        Camera camera = Camera.reopening(THRICE)
                .shows(0, 1)
                .breaks(outage("cable pulled"))
                .shows(7, 8)
                .ends();
        RunOptions options = VALIDATED.withClock(clock).withListener(new RunListener() {
            @Override
            public void retried(String node, String frame, Throwable cause) {
                told.add(node + ", " + frame + ": " + cause.getMessage());
            }
        });

        try (Run run = Pipeline.to(camera.number).start(options)) {
            assertThat(names(run, camera))
                    .containsExactly("camera#0=0@0", "camera#1=1@1", "camera#2=7@7", "camera#3=8@8");
            assertThat(run.report().retries()).isEqualTo(1);
        }
        assertThat(clock.waits).containsExactly(100L);
        assertThat(told).containsExactly("camera, camera#2: cable pulled");
        assertThat(camera.opened).hasValue(2);
        assertThat(camera.closed).hasValue(2);
    }

    @Test
    void delaysGrowAndAFrameBeginsANewCount() {
        ManualClock clock = ManualClock.thatPassesByItself();
        Camera camera = Camera.reopening(THRICE)
                .breaks(outage("a"))
                .breaks(outage("b"))
                .breaks(outage("c"))
                .shows(0, 0)
                .breaks(outage("d"))
                .shows(1, 1)
                .ends();

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.withClock(clock))) {
            assertThat(names(run, camera)).containsExactly("camera#0=0@0", "camera#1=1@1");
        }
        assertThat(clock.waits).containsExactly(100L, 200L, 400L, 100L);
    }

    @Test
    void sourceThatCannotBeOpenedAtFirstIsTriedAgain() {
        Camera camera = Camera.reopening(THRICE)
                .cannotBeOpened(outage("no route"))
                .cannotBeOpened(outage("no route"))
                .shows(5, 5)
                .ends();

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.withClock(ManualClock.thatPassesByItself()))) {
            assertThat(names(run, camera)).containsExactly("camera#0=5@5");
        }
        assertThat(camera.opened).hasValue(3);
    }

    @Test
    void streamThatIsGivenUpEndsWithOneFailedFrameThatKeepsFirstAndLastCause() {
        List<FastException> failures = new ArrayList<>();
        Camera camera = Camera.reopening(THRICE)
                .shows(0, 0)
                .breaks(outage("cable pulled"))
                .breaks(outage("no route"))
                .breaks(outage("still no route"))
                .breaks(outage("no answer"));

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.withClock(ManualClock.thatPassesByItself()))) {
            run.forEach(frame -> frame.failure().ifPresent(failures::add));
            assertThat(run.report().frames()).isEqualTo(2);
        }
        assertThat(failures).singleElement().satisfies(failure -> assertThat(failure)
                .isInstanceOf(StepException.class)
                .hasMessage("camera, frame camera#1: gave up after 3 attempts to open it again: no answer;"
                        + " it first failed with: cable pulled")
                .hasCause(outage("cable pulled"))
                .hasSuppressedException(outage("no answer")));
    }

    @Test
    void failureThatIsNotTransientEndsTheStreamAtOnce() {
        Camera camera = Camera.reopening(THRICE).shows(0, 0).breaks(new IllegalStateException("sensor is dead"));

        try (Run run = Pipeline.to(camera.number).start(VALIDATED)) {
            run.next();
            assertThat(run.next().orElseThrow().failure().orElseThrow())
                    .hasMessage("camera, frame camera#1: sensor is dead");
            assertThat(run.next()).isEmpty();
        }
        assertThat(camera.opened).hasValue(1);
    }

    @Test
    void liveSourceIsOpenedAgainToo() {
        Camera camera = new Camera(Overflow.keepNewest(5), THRICE)
                .shows(0, 1)
                .breaks(outage("cable pulled"))
                .shows(2, 3)
                .ends();

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.withClock(ManualClock.thatPassesByItself()))) {
            assertThat(names(run, camera))
                    .containsExactly("camera#0=0@0", "camera#1=1@1", "camera#2=2@2", "camera#3=3@3");
        }
    }

    @Test
    void runThatStopsDoesNotWaitForTheNextAttempt() throws Exception {
        ManualClock clock = ManualClock.thatStandsStill();
        Camera camera = Camera.reopening(THRICE).breaks(outage("cable pulled"));

        try (Run run = Pipeline.to(camera.number).start(VALIDATED.withClock(clock))) {
            clock.awaitWait();
            run.cancel();
            assertThat(run.next()).isEmpty();
        }
        assertThat(camera.opened).hasValue(1);
        assertThat(camera.closed).hasValue(1);
    }

    @Test
    void cursorThatGivesNullIsTheSourcesFailure() {
        Camera camera = Camera.reopening(Reopening.NEVER);
        camera.givesNull = true;

        try (Run run = Pipeline.to(camera.number).start(VALIDATED)) {
            assertThat(run.next().orElseThrow().failure().orElseThrow())
                    .hasMessageStartingWith("camera, frame camera#0: ")
                    .hasMessageContaining("met null from its cursor")
                    .hasCauseInstanceOf(WrongUseException.class);
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void policiesSayWhatIsWrongWithThem() {
        assertThatThrownBy(() -> Overflow.keepNewest(0)).hasMessageContaining("met 0 frames to keep");
        assertThatThrownBy(() -> new Overflow(-1)).hasMessageContaining("met -1 frames to keep");
        assertThatThrownBy(() -> new Reopening(1, Duration.ZERO, 0.5)).hasMessageContaining("a growth of 0.5");
        assertThat(new Reopening(9, Duration.ofDays(1), 1e9).delay(8)).isGreaterThan(Duration.ofDays(3650));
    }
}
