// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.core.stream.Runs.Asking;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PlaybackTest {
    private final GeneratorStreamer<Long> streamer = new GeneratorStreamer<>(Long.class, 100, (place, step) -> place);
    private final Playback playback = streamer.playback();

    private Player<Long> player() throws Exception {
        return Runs.player(streamer, Runs.recording(streamer), new IdleClock());
    }

    @Test
    @Tag("behaviour-57")
    void pausedStreamSendsNothingAndGoesOnWithTheNextFrame() throws Exception {
        Player<Long> player = player();
        assertThat(Runs.indices(player, 3)).containsExactly(0L, 1L, 2L);

        playback.pause();
        assertThat(playback.isPaused()).isTrue();
        Asking asking = new Asking(player);
        assertThat(asking.state()).isEqualTo("waits");

        playback.resume();
        assertThat(asking.answer()).isEqualTo("frame 3");
    }

    @Test
    @Tag("behaviour-57")
    void streamThatWaitsForItsRateObeysAPause() throws Exception {
        IdleClock clock = new IdleClock() {
            @Override
            public synchronized void sleepUntil(long nanoTime) {
                super.sleepUntil(nanoTime);
                playback.pause();
            }
        };
        streamer.rate.set(1.0);
        Player<Long> player = Runs.player(streamer, Runs.recording(streamer), clock);
        player.next();

        Asking asking = new Asking(player);
        assertThat(asking.state()).isEqualTo("waits");
        assertThat(clock.milliseconds()).isLessThan(100);
        playback.seek(7);
        assertThat(asking.answer()).isEqualTo("frame 7");
    }

    @Test
    @Tag("behaviour-58")
    void frameSoughtWhilePausedIsSentOnceAndItStaysPaused() throws Exception {
        streamer.replays.set(3);
        Player<Long> player = player();
        playback.pause();

        playback.seek(10);
        assertThat(Runs.indices(player, 1)).containsExactly(10L);
        assertThat(playback.position()).isEqualTo(10);
        assertThat(playback.isPaused()).isTrue();
        Asking asking = new Asking(player);
        assertThat(asking.state()).isEqualTo("waits");

        playback.seek(4);
        assertThat(asking.answer()).isEqualTo("frame 4");
        playback.resume();
        assertThat(Runs.indices(player, 1)).containsExactly(5L);
    }

    @Test
    void seekWhilePlayingGoesOnFromThere() throws Exception {
        Player<Long> player = player();
        assertThat(Runs.indices(player, 2)).containsExactly(0L, 1L);
        playback.seek(90);
        assertThat(Runs.indices(player, 2)).containsExactly(90L, 91L);
    }

    @Test
    void seekBeforeARunSaysWhereItBeginsAndOnlyThatRun() {
        playback.seek(98);
        assertThat(Runs.values(streamer.value)).containsExactly(98L, 99L);
        assertThat(Runs.values(streamer.value)).hasSize(100);
    }

    @Test
    void frameThatDoesNotExistCannotBeSought() throws Exception {
        assertThatThrownBy(() -> playback.seek(-1))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met frame -1");
        Player<Long> begun = Runs.player(streamer, Runs.recording(streamer), new IdleClock());
        assertThatThrownBy(() -> playback.seek(100)).hasMessageContaining("met frame 100; needed one of 0 to 99");
        begun.close();
    }

    @Test
    void frameThatWasReadInVainIsDiscarded() throws Exception {
        List<Long> discarded = new ArrayList<>();
        Recording<Long> recording = new Recording<>() {
            @Override
            public Next<Long> at(long place) {
                if (place == 1) {
                    playback.seek(5);
                }
                return new Next.Item<>(place, Metadata.EMPTY);
            }

            @Override
            public void discard(Long key) {
                discarded.add(key);
            }
        };
        assertThat(Runs.indices(Runs.player(streamer, recording, new IdleClock()), 3))
                .containsExactly(0L, 5L, 6L);
        assertThat(discarded).containsExactly(1L);
    }

    @Test
    @Tag("behaviour-58")
    void everyFrameSubscriptionGetsAllFramesThatWereLetInBeforeASeek() {
        try (Run run = Pipeline.to(streamer.value).start(Runs.options())) {
            List<Long> seen = new ArrayList<>(List.of(next(run, 0)));
            playback.pause();
            playback.seek(50);
            while (seen.getLast() != 50) {
                seen.add(next(run, 0));
            }
            for (int i = 0; i < seen.size() - 1; i++) {
                assertThat(seen.get(i)).isEqualTo(i);
            }
            playback.seek(60);
            assertThat(next(run, 0)).isEqualTo(60);
        }
    }

    @Test
    @Tag("behaviour-58")
    void newestOnlySubscriptionIsSparedStaleFrames() {
        playback.pause();
        Pipeline pipeline = Pipeline.of(
                List.of(Subscription.newest(streamer.value), Subscription.every(streamer.value)), List.of());
        try (Run run = pipeline.start(Runs.options())) {
            playback.seek(5);
            assertThat(next(run, 1)).isEqualTo(5);
            playback.seek(8);
            assertThat(next(run, 1)).isEqualTo(8);
            assertThat(next(run, 0)).isEqualTo(8);
        }
    }

    @Test
    @Tag("behaviour-59")
    void endTakesThePositionToTheFirstFrameAndItCanBePlayedAgain() {
        streamer.maximum.set(3);
        assertThat(Runs.values(streamer.value)).containsExactly(0L, 1L, 2L);
        assertThat(playback.position()).isZero();
        assertThat(Runs.values(streamer.value)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void closingARunEndsAPausedStream() {
        playback.pause();
        try (Run run = Pipeline.to(streamer.value).start(Runs.options())) {
            assertThat(run.report().frames()).isZero();
        }
        assertThat(playback.isPaused()).isTrue();
    }

    /// A user's own streamer that can be sought in: what it plays, and how a frame is loaded.
    private static final class Ramp extends Streamer<Long> {
        final Out<Long> number = out("number", Long.class);

        @Override
        public Recording<Long> recording(Step step) {
            return place -> place < 100 ? new Next.Item<>(place, Metadata.EMPTY) : new Next.End<>();
        }

        @Override
        public void load(Long place, Step step) {
            step.put(number, place);
        }
    }

    @Test
    @Tag("behaviour-60")
    void ownStreamerGivesAllItsFramesOnceAndEnds() {
        assertThat(Runs.values(new Ramp().number))
                .hasSize(100)
                .doesNotHaveDuplicates()
                .startsWith(0L)
                .endsWith(99L);
    }

    @Test
    @Tag("behaviour-60")
    void ownStreamerCanBePausedAndSoughtIn() {
        Ramp ramp = new Ramp();
        ramp.playback().pause();
        try (Run run = Pipeline.to(ramp.number).start(Runs.options())) {
            ramp.playback().seek(42);
            assertThat(run.next().orElseThrow().get(ramp.number)).isEqualTo(42);
            ramp.playback().resume();
            assertThat(run.next().orElseThrow().get(ramp.number)).isEqualTo(43);
        }
    }

    private long next(Run run, int position) {
        Frame frame = run.next(position).orElseThrow();
        return frame.metadata(streamer.value).get(Metadata.INDEX).orElseThrow();
    }
}
