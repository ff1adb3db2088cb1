// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.fastpipeline.core.error.ParameterException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    private static Durations.Summary of(long... nanoseconds) {
        Durations durations = new Durations();
        Arrays.stream(nanoseconds).forEach(durations::add);
        return durations.summary();
    }

    @Test
    void anEmptyCollectionIsAllZero() {
        assertThat(of()).isEqualTo(Durations.Summary.NONE);
    }

    @Test
    void theMeanOfNothingIsZero() {
        assertThat(of().mean()).isZero();
    }

    @Test
    void countTotalAndMeanAreExact() {
        Durations.Summary summary = of(1_000_003, 17, 5_000_000_000L);
        assertThat(summary.count()).isEqualTo(3);
        assertThat(summary.total()).isEqualTo(Duration.ofNanos(5_001_000_020L));
        assertThat(summary.mean()).isEqualTo(Duration.ofNanos(1_667_000_006L));
    }

    @Test
    void leastAndMostAreExact() {
        Durations.Summary summary = of(1_000_003, 17, 5_000_000_001L);
        assertThat(summary.least()).isEqualTo(Duration.ofNanos(17));
        assertThat(summary.most()).isEqualTo(Duration.ofNanos(5_000_000_001L));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 15, 16, 17, 31, 32, 1_000, 123_456_789, Long.MAX_VALUE})
    void thePercentilesOfOneDurationAreThatDuration(long nanoseconds) {
        Durations.Summary summary = of(nanoseconds);
        assertThat(summary.median()).isEqualTo(Duration.ofNanos(nanoseconds));
        assertThat(summary.p99()).isEqualTo(Duration.ofNanos(nanoseconds));
    }

    @Test
    void smallDurationsAreCountedExactly() {
        assertThat(of(1, 2, 3, 4, 5, 6, 7, 8, 9).median()).isEqualTo(Duration.ofNanos(5));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheLowerOfTheTwo() {
        assertThat(of(1, 2, 3, 4).median()).isEqualTo(Duration.ofNanos(2));
    }

    @Test
    void oneOutlierInAHundredIsAboveThe99thPercentile() {
        long[] values = new long[100];
        Arrays.fill(values, 10);
        values[42] = 1_000_000;
        assertThat(of(values).p99()).isEqualTo(Duration.ofNanos(10));
    }

    @Test
    void twoOutliersInAHundredReachThe99thPercentile() {
        long[] values = new long[100];
        Arrays.fill(values, 10);
        values[7] = 1_000_000;
        values[42] = 1_000_000;
        assertThat(of(values).p99()).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void percentilesAreAtMostASixteenthTooLarge(long seed) {
        Random random = new Random(seed);
        long[] values = new long[1001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.pow(10, 10 * random.nextDouble());
        }
        Durations.Summary summary = of(values);
        Arrays.sort(values);
        assertWithinASixteenth(summary.median().toNanos(), values[500]);
        assertWithinASixteenth(summary.p99().toNanos(), values[990]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1000, 5000})
    @Tag("behaviour-217")
    void theSamplesOneToNHaveTheirCountSumMeanLeastMostAndPopulationDeviation(int n) {
        Durations durations = new Durations();
        for (int i = 1; i <= n; i++) {
            durations.add(i * 1000L);
        }
        Durations.Summary summary = durations.summary();
        assertThat(summary.count()).isEqualTo(n);
        assertThat(summary.total()).isEqualTo(Duration.ofNanos(n * (n + 1L) / 2 * 1000));
        assertThat(summary.mean()).isEqualTo(Duration.ofNanos((n + 1L) * 1000 / 2));
        assertThat(summary.least()).isEqualTo(Duration.ofNanos(1000));
        assertThat(summary.most()).isEqualTo(Duration.ofNanos(n * 1000L));
        long deviation = Math.round(1000 * Math.sqrt((n * (double) n - 1) / 12));
        assertThat(summary.deviation()).isEqualTo(Duration.ofNanos(deviation));
    }

    private static Durations.Summary last(int warmUp, int window, long... nanoseconds) {
        Durations durations = new Durations(warmUp, window);
        Arrays.stream(nanoseconds).forEach(durations::add);
        return durations.summary();
    }

    @Test
    @Tag("behaviour-218")
    void theFirstRoundsAreNotCounted() {
        assertThat(last(3, 0, 1_000_000, 1_000, 50, 7, 7)).isEqualTo(of(7, 7));
        assertThat(last(3, 0, 5, 5)).isEqualTo(Durations.Summary.NONE);
    }

    @Test
    @Tag("behaviour-218")
    void aNegativeNumberOfRoundsIsRejected() {
        assertThatThrownBy(() -> new Durations(-1, 0)).isInstanceOf(ParameterException.class);
    }

    @Test
    @Tag("behaviour-219")
    void aWindowHasTheSamplesOfItsEndTheFirstOneToo() {
        assertThat(last(0, 4, 10)).isEqualTo(of(10));
        assertThat(last(0, 4, 10, 20, 30, 40)).isEqualTo(of(10, 20, 30, 40));
        assertThat(last(0, 4, 10, 20, 30, 40, 50, 60)).isEqualTo(of(30, 40, 50, 60));
        assertThat(last(0, 4, 1, 3).deviation()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    @Tag("behaviour-219")
    void aWindowOfManyIsExact() {
        long[] values = new Random(6).longs(5000, 0, 1_000_000).toArray();
        long[] end = Arrays.copyOfRange(values, 2000, 5000);
        Durations.Summary summary = last(0, 3000, values);
        Arrays.sort(end);
        assertThat(summary.count()).isEqualTo(3000);
        assertThat(summary.median()).isEqualTo(Duration.ofNanos(end[1499]));
        assertThat(summary.p99()).isEqualTo(Duration.ofNanos(end[2969]));
    }

    @Test
    @Tag("behaviour-219")
    void aNegativeWindowIsRejected() {
        assertThatThrownBy(() -> new Durations(0, -1)).isInstanceOf(ParameterException.class);
    }

    private static void assertWithinASixteenth(long found, long exact) {
        assertThat(found).isBetween(exact, exact + exact / 16);
    }
}
