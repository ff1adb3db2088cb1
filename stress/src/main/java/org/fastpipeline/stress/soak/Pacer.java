// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the frames of the whole soak, and holds back who has them pass faster than the rate. Thread-safe.
final class Pacer {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double rate;
    private final long begun = System.nanoTime();
    private final AtomicLong frames = new AtomicLong();

    /// @param rate most frames in a second; 0 for any
    Pacer(double rate) {
        this.rate = rate;
    }

    /// Notes that so many frames more went through, and waits until they are due.
    void passed(long more) throws InterruptedException {
        long now = frames.addAndGet(more);
        if (rate > 0) {
            long due = begun + (long) (now / rate * SECOND);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }

    long frames() {
        return frames.get();
    }
}
