// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two streams and more become one.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class JoiningTest {
    /// A hundred, and so on up; one every so many milliseconds.
    private static ValueStreamer<Long> every(long milliseconds, long from, int count) {
        List<Long> values = LongStream.range(from, from + count).boxed().toList();
        List<Duration> times = LongStream.range(0, count)
                .mapToObj(i -> Duration.ofMillis(i * milliseconds))
                .toList();
        return new ValueStreamer<>(Long.class, values, times);
    }

    private static Out<Long> values(Long... values) {
        return new ValueStreamer<>(Long.class, List.of(values)).value;
    }

    private static List<String> pairs(Out<Long> first, Out<Long> second) {
        return Runs.all(frame -> text(frame, first) + " " + text(frame, second), first, second);
    }

    private static String text(Frame frame, Out<Long> port) {
        return switch (frame.outcome(port)) {
            case Outcome.Value<Long>(Long value) -> value.toString();
            case Outcome.Skipped<Long> _ -> "skipped";
            case Outcome.Failed<Long>(var cause) -> Runs.root(cause);
        };
    }

    private static Interleave<Long> interleave(List<Out<Long>> inputs) {
        Interleave<Long> interleave = new Interleave<>(Long.class);
        inputs.forEach(interleave.inputs::from);
        return interleave;
    }

    @Test
    @Tag("behaviour-66")
    void streamsTakeTurnsInTheOrderOfTheirConnections() {
        Interleave<Long> interleave =
                interleave(List.of(values(0L, 1L, 2L), values(10L, 11L, 12L), values(20L, 21L, 22L)));
        assertThat(Runs.values(interleave.output)).containsExactly(0L, 10L, 20L, 1L, 11L, 21L, 2L, 12L, 22L);
    }

    @Test
    @Tag("behaviour-66")
    void turnsEndWithTheStreamWhoseTurnItIs() {
        assertThat(Runs.values(interleave(List.of(values(0L, 1L, 2L), values(10L))).output))
                .containsExactly(0L, 10L, 1L);
        assertThat(Runs.values(interleave(List.of(values(0L), values(10L, 11L))).output))
                .containsExactly(0L, 10L);
    }

    @Test
    @Tag("behaviour-66")
    void turnsCanKeepARate() {
        Interleave<Long> interleave = interleave(List.of(values(0L, 1L), values(10L, 11L)));
        interleave.rate.set(4.0);
        IdleClock clock = new IdleClock();
        try (Run run = Pipeline.to(interleave.output).start(Runs.options().withClock(clock))) {
            run.finish();
        }
        assertThat(clock.milliseconds()).isEqualTo(750);
    }

    @Test
    void endlessStreamEndsWithTheOneThatJoinedIt() {
        ValueStreamer<Long> endless = new ValueStreamer<>(Long.class, List.of(0L, 1L));
        endless.loop.set(true);
        Interleave<Long> interleave = interleave(List.of(endless.value, values(10L, 11L, 12L)));
        assertThat(Runs.values(interleave.output)).containsExactly(0L, 10L, 1L, 11L, 0L, 12L, 1L);
    }

    @Test
    void failedAndSkippedFramesTakeTheirTurnToo() {
        ValueStreamer<Long> source = new ValueStreamer<>(Long.class, List.of(0L, 1L, 2L));
        Mapping<Long, Long> failing = new Mapping<>(Long.class, Long.class, i -> 10 / (i - 1));
        failing.input.from(source.value);
        assertThat(Runs.values(interleave(List.of(failing.output, values(5L, 6L, 7L))).output))
                .containsExactly(-10L, 5L, "failed: / by zero", 6L, 10L, 7L);
    }

    @Test
    void interleavedFramesKeepTheirMetadata() {
        Interleave<Long> interleave = interleave(List.of(values(0L, 1L), values(10L, 11L)));
        assertThat(Runs.<Long>all(
                        frame -> frame.metadata(interleave.output)
                                .get(Metadata.INDEX)
                                .orElseThrow(),
                        interleave.output))
                .containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void twoConnectionsToOneStreamAreAFault() {
        ValueStreamer<Long> source = new ValueStreamer<>(Long.class, List.of(0L));
        Mapping<Long, Long> other = new Mapping<>(Long.class, Long.class, i -> i);
        other.input.from(source.value);
        assertThatThrownBy(() -> Pipeline.to(interleave(List.of(source.value, other.output)).output))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("interleave.inputs: a second connection to stream valueStreamer")
                .hasMessageContaining("needed a stream of its own for each connection");
        assertThatThrownBy(() ->
                        Pipeline.to(interleave(List.of(source.value, new Constant<>(Long.class, 1L).output)).output))
                .hasMessageContaining("interleave.inputs: a value of the enclosing domain static");
    }

    @Test
    void zipPairsFrameByFrameToTheEndOfTheShorter() {
        Zip<Long, Long> zip = new Zip<>(Long.class, Long.class);
        zip.first.from(values(0L, 1L, 2L));
        zip.second.from(values(10L, 11L));
        assertThat(pairs(zip.firstOfPair, zip.secondOfPair)).containsExactly("0 10", "1 11");
    }

    @Test
    void zipHandsFailuresOn() {
        Mapping<Long, Long> failing = new Mapping<>(Long.class, Long.class, i -> 10 / (i - 1));
        failing.input.from(values(0L, 1L, 2L));
        Zip<Long, Long> zip = new Zip<>(Long.class, Long.class);
        zip.first.from(values(0L, 1L, 2L));
        zip.second.from(failing.output);
        assertThat(pairs(zip.firstOfPair, zip.secondOfPair)).containsExactly("0 -10", "1 failed: / by zero", "2 10");
    }

    private static Synchronise<Long, Long> synchronise(Out<Long> first, Out<Long> second) {
        Synchronise<Long, Long> synchronise = new Synchronise<>(Long.class, Long.class);
        synchronise.first.from(first);
        synchronise.second.from(second);
        return synchronise;
    }

    @Test
    @Tag("behaviour-65")
    void streamsOfUnlikeRateArePairedByTimeAndEachPairHasANewMember() {
        Synchronise<Long, Long> both = synchronise(every(100, 0, 5).value, every(200, 10, 3).value);
        assertThat(pairs(both.firstOfPair, both.secondOfPair)).containsExactly("0 10", "1 10", "2 11", "3 11", "4 12");
    }

    @Test
    @Tag("behaviour-65")
    void bothStreamsAreFollowedToTheirEnd() {
        Synchronise<Long, Long> both = synchronise(every(100, 0, 2).value, every(150, 10, 3).value);
        assertThat(pairs(both.firstOfPair, both.secondOfPair)).containsExactly("0 10", "1 10", "1 11", "1 12");
    }

    @Test
    @Tag("behaviour-65")
    void firstStreamThatLeadsGrowsWithEachPairAndTheOtherNeverGoesBack() {
        Synchronise<Long, Long> slow = synchronise(every(100, 0, 5).value, every(200, 10, 3).value);
        slow.firstLeads.set(true);
        assertThat(pairs(slow.firstOfPair, slow.secondOfPair)).containsExactly("0 10", "1 10", "2 11", "3 11", "4 12");

        Synchronise<Long, Long> fast = synchronise(every(200, 0, 3).value, every(100, 10, 9).value);
        fast.firstLeads.set(true);
        assertThat(pairs(fast.firstOfPair, fast.secondOfPair)).containsExactly("0 10", "1 12", "2 14");
    }

    @Test
    void pairsBeginWhenBothStreamsHaveBegun() {
        List<Duration> late = List.of(Duration.ofMillis(250), Duration.ofMillis(350));
        ValueStreamer<Long> second = new ValueStreamer<>(Long.class, List.of(10L, 11L), late);
        Synchronise<Long, Long> both = synchronise(every(100, 0, 4).value, second.value);
        assertThat(pairs(both.firstOfPair, both.secondOfPair)).containsExactly("2 10", "3 10", "3 11");

        Synchronise<Long, Long> leading = synchronise(every(100, 0, 4).value, second.value);
        leading.firstLeads.set(true);
        assertThat(pairs(leading.firstOfPair, leading.secondOfPair))
                .containsExactly("0 skipped", "1 skipped", "2 skipped", "3 10");
    }

    @Test
    void pairHasItsOwnMomentAsTime() {
        Synchronise<Long, Long> both = synchronise(every(100, 0, 2).value, every(150, 10, 2).value);
        assertThat(Runs.<Long>all(
                        frame -> frame.metadata(both.firstOfPair)
                                .get(Metadata.TIME)
                                .orElseThrow()
                                .toMillis(),
                        both.firstOfPair))
                .containsExactly(0L, 100L, 150L);
    }

    @Test
    void nothingIsPairedWithAnEmptyStream() {
        Synchronise<Long, Long> both = synchronise(every(100, 0, 3).value, every(100, 0, 0).value);
        assertThat(pairs(both.firstOfPair, both.secondOfPair)).isEmpty();
    }

    @Test
    void framesWithoutTimeCannotBeSynchronised() {
        Synchronise<Long, Long> both = synchronise(every(100, 0, 3).value, values(10L));
        assertThat(pairs(both.firstOfPair, both.secondOfPair))
                .singleElement()
                .asString()
                .contains("synchronise.second, frame valueStreamer-2#0: it has no time. Give the stream a rate");
    }

    @Test
    void timeThatGoesBackCannotBeSynchronised() {
        ValueStreamer<Long> looped = every(100, 0, 2);
        looped.loop.set(true);
        Synchronise<Long, Long> both = synchronise(looped.value, every(100, 10, 5).value);
        assertThat(pairs(both.firstOfPair, both.secondOfPair).getLast()).contains("its time PT0S is before PT0.1S");
    }
}
