// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.measure.Nodes.Apply;
import org.fastpipeline.core.measure.Nodes.Batched;
import org.fastpipeline.core.measure.Nodes.Counter;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.ManualClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a run measures, to the nanosecond: here only the nodes move the time.
class MeasurementTest {
    private final ManualClock clock = new ManualClock();

    /// Takes as many milliseconds as its number says.
    private long busy(long value) {
        clock.advance(Duration.ofMillis(value));
        return value;
    }

    private RunReport run(Apply last, Measurement measurement) {
        return run(clock, last, measurement);
    }

    /// What a run on one worker reports.
    static RunReport run(ManualClock clock, Apply last, Measurement measurement) {
        RunOptions options = RunOptions.standard()
                .withWorkers(1)
                .withClock(clock)
                .withValidate(true)
                .withMeasurement(measurement);
        try (Run run = Pipeline.to(last.out).start(options)) {
            return run.finish();
        }
    }

    private static Duration ms(long milliseconds) {
        return Duration.ofMillis(milliseconds);
    }

    @Test
    @Tag("behaviour-217")
    void theTimesOfANodeAreThoseOfItsExecutions() {
        Apply apply = new Apply(new Counter(10).number, (value, _) -> busy(value + 1));
        Durations.Summary time = run(apply, Measurement.all()).node("apply").time();
        assertThat(time.count()).isEqualTo(10);
        assertThat(time.total()).isEqualTo(ms(55));
        assertThat(time.mean()).isEqualTo(Duration.ofNanos(5_500_000));
        assertThat(time.least()).isEqualTo(ms(1));
        assertThat(time.median()).isEqualTo(ms(5));
        assertThat(time.p99()).isEqualTo(ms(10));
        assertThat(time.most()).isEqualTo(ms(10));
        assertThat(time.deviation()).isEqualTo(Duration.ofNanos(2_872_281)); // sqrt(33 / 4) ms
    }

    @Test
    @Tag("behaviour-218")
    void theFirstRoundsOfEachNodeAreNotCountedInTimesButInCounts() {
        Apply apply = new Apply(new Counter(5).number, (value, _) -> busy(value == 0 ? 1000 : 2));
        RunReport report = run(apply, Measurement.all().withWarmUp(1));
        assertThat(report.node("apply").time().count()).isEqualTo(4);
        assertThat(report.node("apply").time().most()).isEqualTo(ms(2));
        assertThat(report.latency().count()).isEqualTo(4);
        assertThat(report.node("apply").executed()).isEqualTo(5);
        assertThat(report.frames()).isEqualTo(5);
    }

    @Test
    @Tag("behaviour-218")
    void aNegativeWarmUpIsRejected() {
        assertThatThrownBy(() -> Measurement.all().withWarmUp(-1))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("measurement, warm-up: met -1; needed 0 or more");
    }

    @Test
    @Tag("behaviour-219")
    void aWindowCountsTheLastExecutionsOnly() {
        Apply apply = new Apply(new Counter(10).number, (value, _) -> busy(value));
        Durations.Summary time =
                run(apply, Measurement.all().withWindow(3)).node("apply").time();
        assertThat(time.count()).isEqualTo(3);
        assertThat(time.mean()).isEqualTo(ms(8));
        assertThat(time.least()).isEqualTo(ms(7));
    }

    @Test
    @Tag("behaviour-220")
    void nothingIsMeasuredAndNoClockIsReadUnlessAsked() {
        AtomicInteger reads = new AtomicInteger();
        TimeSource counting = new TimeSource() {
            @Override
            public long nanoTime() {
                return reads.incrementAndGet();
            }

            @Override
            public void sleepUntil(long nanoTime) {}
        };
        AtomicInteger tries = new AtomicInteger();
        Apply apply = new Apply(new Counter(20).number, (value, step) -> {
            try (var _ = step.timer("part")) {
                if (tries.incrementAndGet() == 1) {
                    throw new TransientException("busy", null);
                }
                return value;
            }
        });
        Batched batched = new Batched(apply.out, 4, (value, _) -> value);

        try (Run run = Pipeline.to(batched.out)
                .start(RunOptions.standard().withClock(counting).withStallAfter(Duration.ZERO))) {
            RunReport report = run.finish();
            assertThat(report.node("apply").time()).isEqualTo(Durations.Summary.NONE);
            assertThat(report.node("apply").waiting()).isEqualTo(Durations.Summary.NONE);
            assertThat(report.node("apply").parts()).isEmpty();
            assertThat(report.latency()).isEqualTo(Durations.Summary.NONE);
            assertThat(report.node("apply").executed()).isEqualTo(20);
            assertThat(report.node("batched").executed()).isEqualTo(20);
            assertThat(report.retries()).isEqualTo(1);
        }
        assertThat(reads).hasValue(0);
    }

    @Test
    @Tag("behaviour-220")
    void aNodeIsMeasuredByItself() {
        Apply first = new Apply(new Counter(3).number, (value, _) -> busy(1));
        Apply second = new Apply(first.out, (value, _) -> busy(2));
        RunReport report = run(second, Measurement.of(second));
        assertThat(report.node("apply-2").time().total()).isEqualTo(ms(6));
        assertThat(report.node("apply").time().count()).isZero();
        assertThat(report.node("apply").executed()).isEqualTo(3);
    }

    @Test
    void aNodeThatIsNotInThePipelineCannotBeMeasured() {
        Apply apply = new Apply(new Counter(3).number, (value, _) -> value);
        Apply other = new Apply(new Counter(3).number, (value, _) -> value);
        assertThatThrownBy(() -> run(apply, Measurement.of(other))).isInstanceOf(WrongUseException.class);
    }

    @Test
    @Tag("behaviour-221")
    void theTimersThatANodeNamesAreThereAfterTheRun() {
        Apply network = new Apply(new Counter(4).number, (value, step) -> {
            try (var _ = step.timer("input")) {
                busy(1);
            }
            try (var _ = step.timer("inference")) {
                busy(10);
            }
            try (var _ = step.timer("output")) {
                busy(2);
            }
            return value;
        });
        RunReport.NodeReport node = run(network, Measurement.all()).node("apply");
        assertThat(node.time().mean()).isEqualTo(ms(13));
        assertThat(node.parts()).containsOnlyKeys("input", "inference", "output");
        assertThat(node.part("inference").total()).isEqualTo(ms(40));
        assertThat(node.part("output").count()).isEqualTo(4);
    }

    @Test
    @Tag("behaviour-221")
    void anUnknownNameGivesAnEmptyRecord() {
        Apply apply = new Apply(new Counter(1).number, (value, _) -> busy(1));
        RunReport report = run(apply, Measurement.all());
        assertThat(report.node("nobody")).isEqualTo(RunReport.NodeReport.NONE);
        assertThat(report.node("apply").part("nothing")).isEqualTo(Durations.Summary.NONE);
        assertThat(report.between(apply, apply)).isEqualTo(RunReport.StretchReport.NONE);
    }

    @Test
    @Tag("behaviour-221")
    void anExceptionClosesItsTimers() {
        Apply apply = new Apply(new Counter(2).number, (value, step) -> {
            try (var _ = step.timer("inference")) {
                busy(5);
                throw new IllegalStateException("no such thing");
            }
        });
        RunReport.NodeReport node = run(apply, Measurement.all()).node("apply");
        assertThat(node.failed()).isEqualTo(2);
        assertThat(node.time().total()).isEqualTo(ms(10));
        assertThat(node.part("inference").total()).isEqualTo(ms(10));
    }

    @Test
    void eachTryOfATransientFailureIsAnExecution() {
        AtomicInteger tries = new AtomicInteger();
        Apply apply = new Apply(new Counter(1).number, (value, _) -> {
            busy(3);
            if (tries.incrementAndGet() < 3) {
                throw new TransientException("busy", null);
            }
            return value;
        });
        RunReport.NodeReport node = run(apply, Measurement.all()).node("apply");
        assertThat(node.time().count()).isEqualTo(3);
        assertThat(node.retried()).isEqualTo(2);
        assertThat(node.executed()).isEqualTo(1);
        assertThat(node.failed()).isZero();
    }

    @Test
    void aGroupOfFramesIsOneExecution() {
        Batched batched = new Batched(new Counter(8).number, 4, (value, _) -> busy(1));
        RunReport.NodeReport node = run(batched, Measurement.all()).node("batched");
        assertThat(node.executed()).isEqualTo(8);
        assertThat(node.time().count()).isEqualTo(2);
        assertThat(node.time().mean()).isEqualTo(ms(4));
    }
}
