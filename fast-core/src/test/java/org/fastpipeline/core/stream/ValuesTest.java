// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams of values from memory and from lambdas; what every stream promises to those who read it.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ValuesTest {
    /// Passes numbers on; writes down what it saw, and when it was told of the end.
    private static final class Witness extends Stateful<Boolean> {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);
        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public Boolean open() {
            return true;
        }

        @Override
        public void execute(Boolean state, Step step) {
            seen.add(step.get(in) + "=" + step.frame().sequence());
            step.put(out, step.get(in));
        }

        @Override
        public void end(Boolean state, Step step) {
            seen.add("end");
        }
    }

    private static GeneratorStreamer<Long> numbers(long count) {
        return new GeneratorStreamer<>(Long.class, count, (place, step) -> place);
    }

    private static List<String> twentyAndTheEnd() {
        return Stream.concat(LongStream.range(0, 20).mapToObj(i -> i + "=" + i), Stream.of("end"))
                .toList();
    }

    @Test
    @Tag("behaviour-36")
    void eachFrameIsProcessedOnceAndTheEndIsToldOnceAfterTheLast() {
        Witness witness = new Witness();
        witness.in.from(numbers(20).value);
        try (Run run = Pipeline.to(witness.out).start(Runs.options().withWorkers(4))) {
            run.finish();
        }
        assertThat(witness.seen).isEqualTo(twentyAndTheEnd());
    }

    @Test
    @Tag("behaviour-37")
    void twoStepsProcessEachFrameOnceAndBothAreToldOfTheEnd() {
        Witness first = new Witness();
        Witness second = new Witness();
        first.in.from(numbers(20).value);
        second.in.from(first.out);
        try (Run run = Pipeline.to(second.out).start(Runs.options().withWorkers(4))) {
            run.finish();
        }
        assertThat(first.seen).isEqualTo(twentyAndTheEnd());
        assertThat(second.seen).isEqualTo(twentyAndTheEnd());
    }

    /// No frame is no error here: the consumer is not called, and what gathers the stream has nothing to give.
    @Test
    @Tag("behaviour-45")
    void emptyStreamDeliversNothingAndEnds() {
        Witness witness = new Witness();
        witness.in.from(new ValueStreamer<>(Long.class, List.of()).value);
        assertThat(Runs.values(witness.out)).isEmpty();
        assertThat(witness.seen).containsExactly("end");
        assertThat(Runs.values(numbers(0).value)).isEmpty();
    }

    @Test
    void listIsPlayedInOrder() {
        assertThat(Runs.values(new ValueStreamer<>(String.class, List.of("a", "b", "c")).value))
                .containsExactly("a", "b", "c");
    }

    @Test
    void whatASequentialLambdaMakesIsPlayedUntilItStops() {
        ValueStreamer<Integer> powers = new ValueStreamer<>(
                Integer.class, () -> IntStream.iterate(1, i -> 2 * i).limit(5).iterator());
        powers.replays.set(1);
        assertThat(Runs.values(powers.value)).containsExactly(1, 1, 2, 2, 4, 4, 8, 8, 16, 16);
        powers.replays.set(0);
        assertThat(Runs.values(powers.value)).containsExactly(1, 2, 4, 8, 16);
    }

    @Test
    void iterableIsBegunAnewForALoop() throws Exception {
        ValueStreamer<Long> streamer =
                new ValueStreamer<>(Long.class, () -> LongStream.range(0, 3).iterator());
        streamer.loop.set(true);
        List<Object> values = new ArrayList<>();
        try (Run run = Pipeline.to(streamer.value).start(Runs.options())) {
            for (int i = 0; i < 7; i++) {
                values.add(run.next().orElseThrow().get(streamer.value));
            }
        }
        assertThat(values).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 0L);
    }

    @Test
    void failureOfAnIteratorReachesTheConsumerAfterTheValuesBefore() {
        ValueStreamer<Integer> streamer =
                new ValueStreamer<>(Integer.class, IntStream.range(0, 9).map(i -> {
                    if (i == 2) {
                        throw new IllegalStateException("the cable was pulled");
                    }
                    return i;
                })::iterator);
        assertThat(Runs.values(streamer.value)).containsExactly(0, 1, "failed: the cable was pulled");
    }

    @Test
    void failureOfAGeneratorReachesTheConsumerAndSpoilsItsFrameOnly() {
        GeneratorStreamer<Long> streamer = new GeneratorStreamer<>(Long.class, 4, (place, step) -> 6 / (2 - place));
        assertThat(Runs.values(streamer.value)).containsExactly(3L, 6L, "failed: / by zero", -6L);
    }

    @Test
    void generatorThatFailsAtOnceReachesTheConsumer() {
        GeneratorStreamer<Long> streamer = new GeneratorStreamer<>(Long.class, 1, (place, step) -> {
            throw new java.io.IOException("no camera");
        });
        assertThat(Runs.values(streamer.value)).containsExactly("failed: no camera");
    }

    @Test
    void endlessGeneratorIsPlayedAsFarAsSomebodyAsks() {
        GeneratorStreamer<Long> endless = numbers(Long.MAX_VALUE);
        Mapping<Long, Long> twice = new Mapping<>(Long.class, Long.class, i -> 2 * i);
        twice.input.from(endless.value);
        try (Run run = Pipeline.to(twice.output).start(Runs.options())) {
            for (long i = 0; i < 40; i++) {
                assertThat(run.next().orElseThrow().get(twice.output)).isEqualTo(2 * i);
            }
        }
    }

    @Test
    void timesMustBeAsManyAsValues() {
        assertThatThrownBy(() -> new ValueStreamer<>(Long.class, List.of(1L, 2L), List.of(Duration.ZERO)))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met 1 times for 2 values");
    }

    @Test
    void lessThanNoFrameIsRejected() {
        assertThatThrownBy(() -> numbers(-1))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("count: met -1; needed 0 or more");
    }
}
