// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.Optional;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.measure.RunListener;

/// How a run is to go.
///
/// @param threads the thread plan
/// @param ahead most frames of one stream in work at once, counting delivered ones that are still held
/// @param onFailure what a failed frame does to the run
/// @param memoryCap most bytes of native memory in use at once
/// @param validate whether to hash published payloads, and to fail on leaks and on work out of order
/// @param stopDeadline how long closing waits for threads before it reports them as stuck
/// @param listener told of progress
/// @param clock the time that nodes see, and that measurements are taken by
/// @param measurement what is measured
/// @param stallAfter how long a run may stand still although there is work before its state is logged; zero for
/// ever
/// @param timeout how long the run may take by the clock; it is stopped with an error then. No single step has
/// a limit: Java cannot end a call, so a step that does not return is named in that error and, at closing, by
/// `StuckException`
public record RunOptions(
        ThreadPlan threads,
        int ahead,
        OnFailure onFailure,
        long memoryCap,
        boolean validate,
        Duration stopDeadline,
        RunListener listener,
        TimeSource clock,
        Measurement measurement,
        Duration stallAfter,
        Optional<Duration> timeout) {
    private static final long DEFAULT_CAP = 4L << 30;

    public RunOptions {
        boolean negative = stopDeadline.isNegative()
                || stallAfter.isNegative()
                || timeout.filter(Duration::isNegative).isPresent();
        if (ahead < 1 || memoryCap < 1 || negative) {
            throw new WrongUseException(
                    "run options",
                    "met " + ahead + " frames ahead, a memory cap of " + memoryCap + " bytes, a stop deadline of "
                            + stopDeadline + ", a stall after " + stallAfter + " and a timeout of "
                            + timeout.map(Duration::toString).orElse("none")
                            + "; needed 1 or more frames and bytes, and no negative time",
                    "Raise them");
        }
    }

    /// What a failed frame does to the run.
    public enum OnFailure {
        /// It is delivered as failed, and the run goes on.
        KEEP_GOING,
        /// The run ends with its error, after exactly the frames before it.
        FAIL_FAST
    }

    /// All cores, a few frames ahead, keep going, nothing measured; validating if the system property
    /// `fast.validate` is true.
    public static RunOptions standard() {
        return of(ThreadPlan.ofCores());
    }

    /// The standard for another thread plan.
    public static RunOptions of(ThreadPlan threads) {
        return new RunOptions(
                threads,
                2 * threads.workers() + 2,
                OnFailure.KEEP_GOING,
                DEFAULT_CAP,
                Boolean.getBoolean("fast.validate"),
                Duration.ofSeconds(30),
                RunListener.NONE,
                TimeSource.SYSTEM,
                Measurement.none(),
                Duration.ofSeconds(30),
                Optional.empty());
    }

    /// These options with another number of workers, and as many frames ahead as suit them.
    public RunOptions withWorkers(int workers) {
        return new RunOptions(
                threads.withWorkers(workers),
                2 * workers + 2,
                onFailure,
                memoryCap,
                validate,
                stopDeadline,
                listener,
                clock,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options with another bound on frames in work.
    public RunOptions withAhead(int frames) {
        return new RunOptions(
                threads,
                frames,
                onFailure,
                memoryCap,
                validate,
                stopDeadline,
                listener,
                clock,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options, ending at the first failed frame.
    public RunOptions failFast() {
        return new RunOptions(
                threads,
                ahead,
                OnFailure.FAIL_FAST,
                memoryCap,
                validate,
                stopDeadline,
                listener,
                clock,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options with another cap on native memory.
    public RunOptions withMemoryCap(long bytes) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                bytes,
                validate,
                stopDeadline,
                listener,
                clock,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options, validating or not.
    public RunOptions withValidate(boolean on) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                memoryCap,
                on,
                stopDeadline,
                listener,
                clock,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options with another deadline for stopping.
    public RunOptions withStopDeadline(Duration deadline) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                memoryCap,
                validate,
                deadline,
                listener,
                clock,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options with another listener.
    public RunOptions withListener(RunListener newListener) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                memoryCap,
                validate,
                stopDeadline,
                newListener,
                clock,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options with another clock, for tests.
    public RunOptions withClock(TimeSource time) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                memoryCap,
                validate,
                stopDeadline,
                listener,
                time,
                measurement,
                stallAfter,
                timeout);
    }

    /// These options with another measurement.
    public RunOptions withMeasurement(Measurement wanted) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                memoryCap,
                validate,
                stopDeadline,
                listener,
                clock,
                wanted,
                stallAfter,
                timeout);
    }

    /// These options with another time after which standing still is reported as a stall; zero for never.
    public RunOptions withStallAfter(Duration time) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                memoryCap,
                validate,
                stopDeadline,
                listener,
                clock,
                measurement,
                time,
                timeout);
    }

    /// These options, stopping the run with an error when it takes longer than `longest`.
    public RunOptions withTimeout(Duration longest) {
        return new RunOptions(
                threads,
                ahead,
                onFailure,
                memoryCap,
                validate,
                stopDeadline,
                listener,
                clock,
                measurement,
                stallAfter,
                Optional.of(longest));
    }
}
