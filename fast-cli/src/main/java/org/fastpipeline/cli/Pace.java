// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How fast frames go through once it has warmed up: the first frame and the first seconds tell little of the rest.
/// Thread-safe.
final class Pace {
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(3);
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier clock;
    private final long start;
    private long last;
    private long done;
    private long from;
    private long before;
    private boolean warm;

    /// @param clock nanoseconds from some moment on
    Pace(LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.from = start;
        this.last = start;
    }

    /// One more frame is through.
    ///
    /// @return nanoseconds from the beginning
    synchronized long step() {
        if (done == 1 || (done > 1 && !warm && last - start >= WARM_UP)) {
            from = last;
            before = done;
            warm = last - start >= WARM_UP;
        }
        done++;
        last = clock.getAsLong();
        return last - start;
    }

    /// How many are through.
    synchronized long done() {
        return done;
    }

    /// Frames in a second; 0 before the first.
    synchronized double rate() {
        return last == from ? 0 : (done - before) / ((last - from) / NANOS_PER_SECOND);
    }

    /// Seconds until `all` are through, if it goes on so; nothing before that can be told.
    synchronized OptionalDouble left(long all) {
        return before == 0 || last - from < LEAST
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, all - done) / rate());
    }
}
