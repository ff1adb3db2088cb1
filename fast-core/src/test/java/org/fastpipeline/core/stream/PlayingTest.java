// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which frames a streamer sends, and when.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PlayingTest {
    private final IdleClock clock = new IdleClock();
    private final GeneratorStreamer<Long> streamer = new GeneratorStreamer<>(Long.class, 5, (place, step) -> place);

    private List<Long> indices(int most) throws Exception {
        return Runs.indices(Runs.player(streamer, Runs.recording(streamer), clock), most);
    }

    @Test
    @Tag("behaviour-48")
    void framesFromTheStartOnAreSentStepByStep() {
        streamer.start.set(1);
        streamer.stepSize.set(2);
        assertThat(Runs.values(streamer.value)).containsExactly(1L, 3L);
        assertThat(Runs.<Long>all(
                        frame -> frame.metadata(streamer.value)
                                .get(Metadata.COUNT)
                                .orElseThrow(),
                        streamer.value))
                .containsExactly(2L, 2L);
    }

    @Test
    @Tag("behaviour-48")
    void stepOfNothingIsRejected() {
        assertThatThrownBy(() -> streamer.stepSize.set(0))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("stepSize: met 0; needed 1 to");
    }

    @Test
    void startBeyondTheLastFrameIsAnError() {
        streamer.start.set(5);
        assertThat(Runs.values(streamer.value))
                .containsExactly("failed: recording: it has 5 frames, none at 5. Start at an earlier frame (parameter"
                        + " start)");
    }

    @Test
    @Tag("behaviour-50")
    void atMostTheMaximumIsSentThenTheStreamEnds() {
        streamer.maximum.set(3);
        assertThat(Runs.values(streamer.value)).containsExactly(0L, 1L, 2L);
        streamer.maximum.set(9);
        assertThat(Runs.values(streamer.value)).hasSize(5);
    }

    @Test
    @Tag("behaviour-51")
    void loopRepeatsIndicesAndNoSequenceNumber() throws Exception {
        streamer.loop.set(true);
        assertThat(indices(11)).containsExactly(0L, 1L, 2L, 3L, 4L, 0L, 1L, 2L, 3L, 4L, 0L);
        try (Run run = Pipeline.to(streamer.value).start(Runs.options())) {
            for (long i = 0; i < 11; i++) {
                FrameId id = run.next().orElseThrow().id();
                assertThat(id.sequence()).isEqualTo(i);
            }
        }
    }

    @Test
    void loopThatIsSwitchedOffEndsAfterTheLastFrame() throws Exception {
        streamer.loop.set(true);
        Player<Long> player = Runs.player(streamer, Runs.recording(streamer), clock);
        assertThat(Runs.indices(player, 6)).hasSize(6);
        streamer.loop.set(false);
        assertThat(Runs.indices(player, 100)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void loopOfNothingEnds() throws Exception {
        streamer.loop.set(true);
        assertThat(Runs.indices(Runs.player(streamer, place -> new Next.End<>(), clock), 1))
                .isEmpty();
    }

    @Test
    @Tag("behaviour-52")
    void replaysSendEachFrameSoManyTimesMore() throws Exception {
        streamer.replays.set(2);
        streamer.maximum.set(2);
        assertThat(indices(100)).containsExactly(0L, 0L, 0L, 1L, 1L, 1L);
    }

    @Test
    @Tag("behaviour-54")
    void rateKeepsTheGapAndReadingAddsNoDrift() throws Exception {
        streamer.rate.set(10.0);
        Recording<Long> slow = place -> {
            clock.advance(30);
            return Runs.recording(streamer).at(place);
        };
        assertThat(Runs.sent(Runs.player(streamer, slow, clock), clock, 9))
                .containsExactly("0 at 30", "1 at 130", "2 at 230", "3 at 330", "4 at 430");
    }

    @Test
    @Tag("behaviour-54")
    void delayOfTheReaderIsNotMadeUpForInABurst() throws Exception {
        streamer.rate.set(10.0);
        Player<Long> player = Runs.player(streamer, Runs.recording(streamer), clock);
        assertThat(Runs.sent(player, clock, 2)).containsExactly("0 at 0", "1 at 100");
        clock.advance(350);
        assertThat(Runs.sent(player, clock, 3)).containsExactly("2 at 450", "3 at 550", "4 at 650");
    }

    @Test
    void rateIsObeyedFromTheNextFrameOn() throws Exception {
        streamer.rate.set(10.0);
        Player<Long> player = Runs.player(streamer, Runs.recording(streamer), clock);
        assertThat(Runs.sent(player, clock, 2)).containsExactly("0 at 0", "1 at 100");
        streamer.rate.set(20.0);
        assertThat(Runs.sent(player, clock, 2)).containsExactly("2 at 150", "3 at 200");
    }

    @Test
    void rateGivesTimesToFramesThatHaveNone() {
        streamer.rate.set(1000.0);
        assertThat(Runs.<Duration>all(
                        frame -> frame.metadata(streamer.value)
                                .get(Metadata.TIME)
                                .orElseThrow(),
                        streamer.value))
                .startsWith(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2));
    }

    @Test
    @Tag("behaviour-55")
    void gapsFollowStoredTimesIfAskedTo() throws Exception {
        List<Duration> times = List.of(Duration.ZERO, Duration.ofMillis(40), Duration.ofMillis(130));
        ValueStreamer<String> timed = new ValueStreamer<>(String.class, List.of("a", "b", "c"), times);

        assertThat(Runs.sent(Runs.player(timed, Runs.recording(timed), clock), clock, 9))
                .containsExactly("0 at 0", "1 at 0", "2 at 0");
        timed.realTime.set(true);
        timed.loop.set(true);
        assertThat(Runs.sent(Runs.player(timed, Runs.recording(timed), clock), clock, 5))
                .containsExactly("0 at 0", "1 at 40", "2 at 130", "0 at 220", "1 at 260");
    }

    @Test
    void rateHoldsWhereNoTimesAreStored() throws Exception {
        streamer.realTime.set(true);
        streamer.rate.set(10.0);
        assertThat(Runs.sent(Runs.player(streamer, Runs.recording(streamer), clock), clock, 2))
                .containsExactly("0 at 0", "1 at 100");
    }

    @Test
    void selectionKnowsItsCountAndPassesOnWhatIsGivenBack() throws Exception {
        long[] closed = new long[2];
        Recording<Long> all = new Recording<>() {
            @Override
            public Next<Long> at(long place) {
                return new Next.Item<>(place, Metadata.EMPTY);
            }

            @Override
            public void discard(Long key) {
                closed[0] = key;
            }

            @Override
            public void close() {
                closed[1]++;
            }
        };
        Recording<Long> some = all.select(3, 4);
        some.discard(7L);
        some.close();
        assertThat(closed).containsExactly(7, 1);
        assertThat(some.count()).isEmpty();
        assertThat(Runs.recording(streamer).select(1, 3).count()).hasValue(2);
        assertThatThrownBy(() -> Runs.recording(streamer).select(9, 1)).isInstanceOf(InputException.class);
    }
}
