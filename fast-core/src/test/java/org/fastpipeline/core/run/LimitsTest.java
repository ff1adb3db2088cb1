// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Reopening;
import org.fastpipeline.core.inference.EngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a run cannot work with is refused where it is written down, with all of its numbers.
class LimitsTest {
    private static final Duration BEFORE = Duration.ofNanos(-1);

    private static void assertRefused(ThrowingCallable making, String... words) {
        assertThatThrownBy(making).isInstanceOf(WrongUseException.class).hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
    void aThreadPlanHasAThreadForEachPurpose(int workers, int session, int vision) {
        assertRefused(
                () -> new ThreadPlan(workers, session, vision),
                "met " + workers + " workers, " + session + " session and " + vision + " vision threads");
    }

    @Test
    void aThreadPlanSaysWhoGetsHowMany() {
        assertThat(new ThreadPlan(4, 1, 2))
                .hasToString("4 workers, 1 thread per inference session, 2 threads per image operation");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void anEngineHasASessionAndAThread(int sessions, int threads) {
        assertRefused(() -> new EngineOptions(sessions, threads), "met " + sessions + " sessions of " + threads);
    }

    @ParameterizedTest
    @CsvSource({"-1, PT1S, 1", "1, PT-1S, 1", "1, PT1S, 0.5", "1, PT1S, NaN"})
    void reopeningTakesTimeAndDoesNotGetHastier(int attempts, Duration delay, double growth) {
        assertRefused(() -> new Reopening(attempts, delay, growth), "met " + attempts + " attempts", "" + growth);
    }

    static Stream<UnaryOperator<RunOptions>> impossible() {
        return Stream.of(
                options -> options.withAhead(0),
                options -> options.withMemoryCap(0),
                options -> options.withStopDeadline(BEFORE),
                options -> options.withStallAfter(BEFORE),
                options -> options.withTimeout(BEFORE));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aRunNeedsAFrameAByteAndNoTimeBeforeItsBeginning(UnaryOperator<RunOptions> change) {
        assertRefused(() -> change.apply(RunOptions.standard()), "run options", "no negative time");
    }
}
