// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.measure.Nodes.Apply;
import org.fastpipeline.core.measure.Nodes.Counter;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.stream.Zip;
import org.fastpipeline.testing.ManualClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The time of frames from one node to another; only the nodes move it.
class StretchTest {
    private final ManualClock clock = new ManualClock();

    /// Takes as many milliseconds as its number says.
    private long busy(long value) {
        clock.advance(ms(value));
        return value;
    }

    private static Duration ms(long milliseconds) {
        return Duration.ofMillis(milliseconds);
    }

    @Test
    @Tag("behaviour-222")
    void aStretchIsTimedFromTheBeginningOfOneNodeToTheEndOfAnother() {
        Apply first = new Apply(new Counter(5).number, (value, _) -> busy(10));
        Apply middle = new Apply(first.out, (value, _) -> busy(5));
        Apply last = new Apply(middle.out, (value, _) -> busy(10));
        Apply after = new Apply(last.out, (value, _) -> busy(100));
        RunReport report = MeasurementTest.run(
                clock, after, Measurement.none().between(first, last).between(last, after));
        RunReport.StretchReport stretch = report.between(first, last);
        assertThat(stretch.time().count()).isEqualTo(5);
        assertThat(stretch.time().least()).isGreaterThanOrEqualTo(ms(25));
        assertThat(report.between(last, after).time().mean()).isGreaterThanOrEqualTo(ms(110));
        assertThat(report.node("apply").time().count()).isZero();
    }

    @Test
    @Tag("behaviour-222")
    void theRateOfAStretchIsThatOfItsFrames() {
        Apply first = new Apply(new Counter(4).number, (value, _) -> busy(10));
        Apply last = new Apply(first.out, (value, _) -> busy(15));
        RunOptions options = RunOptions.standard()
                .withWorkers(1)
                .withClock(clock)
                .withMeasurement(Measurement.none().between(first, last));
        try (Pipeline pipeline = Pipeline.to(last.out);
                Run run = pipeline.onDemand(options)) {
            RunReport report = run.finish();
            assertThat(report.between(first, last).time().mean()).isEqualTo(ms(25));
            assertThat(report.between(first, last).framesPerSecond()).isEqualTo(40);
        }
    }

    @Test
    @Tag("behaviour-222")
    void aStretchAgainstTheFlowIsRejected() {
        Apply first = new Apply(new Counter(4).number, (value, _) -> busy(10));
        Apply last = new Apply(first.out, (value, _) -> busy(15));
        assertThatThrownBy(() ->
                        MeasurementTest.run(clock, last, Measurement.none().between(last, first)))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("measurement between apply-2 and apply")
                .hasMessageContaining("the second does not depend on the first");
    }

    @Test
    void aStretchBetweenNodesOfDifferentFramesIsRejected() {
        Apply first = new Apply(new Counter(4).number, (value, _) -> value);
        Zip<Long, Long> zip = new Zip<>(Long.class, Long.class);
        zip.first.from(first.out);
        zip.second.from(new Counter(4).number);
        Apply last = new Apply(zip.firstOfPair, (value, _) -> value);
        assertThatThrownBy(() ->
                        MeasurementTest.run(clock, last, Measurement.none().between(first, last)))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("one works on counter, the other on zip");
    }

    @Test
    void theFirstRoundsOfAStretchAreNotCounted() {
        Apply first = new Apply(new Counter(6).number, (value, _) -> busy(value < 2 ? 1000 : 10));
        Apply last = new Apply(first.out, (value, _) -> busy(10));
        Measurement wanted = Measurement.none().withWarmUp(2).between(first, last);
        RunReport.StretchReport stretch =
                MeasurementTest.run(clock, last, wanted).between(first, last);
        assertThat(stretch.time().count()).isEqualTo(4);
        assertThat(stretch.time().most()).isLessThan(ms(1000));
    }

    @Test
    void aStretchBeginsWithTheFirstTryOfItsFirstNode() {
        AtomicInteger tries = new AtomicInteger();
        Apply first = new Apply(new Counter(1).number, (_, _) -> {
            if (tries.incrementAndGet() < 3) {
                busy(10);
                throw new TransientException("busy", null);
            }
            return busy(5);
        });
        Apply last = new Apply(first.out, (_, _) -> busy(1));
        RunReport.StretchReport stretch = MeasurementTest.run(
                        clock, last, Measurement.none().between(first, last))
                .between(first, last);
        assertThat(stretch.time().least()).isGreaterThanOrEqualTo(ms(26));
    }

    @Test
    void aFrameThatFailsAtTheEndOfAStretchIsNotCountedAsThroughIt() {
        Apply first = new Apply(new Counter(4).number, (_, _) -> busy(1));
        Apply last = new Apply(new Apply(first.out, (value, _) -> value).out, (_, step) -> {
            if (step.frame().toString().endsWith("#2")) {
                throw new IllegalStateException("poison");
            }
            return busy(1);
        });
        RunReport report = MeasurementTest.run(clock, last, Measurement.none().between(first, last));
        assertThat(report.between(first, last).time().count()).isEqualTo(3);
        assertThat(report.failed()).isEqualTo(1);
    }
}
