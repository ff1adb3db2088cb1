// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fastpipeline.core.graph.TimeSource;

/// Time that passes when the test says so, or at once for whoever waits.
final class ManualClock implements TimeSource {
    /// How long was waited, in milliseconds, wait after wait.
    final List<Long> waits = new CopyOnWriteArrayList<>();

    private final boolean passesByItself;
    private long now;

    private ManualClock(boolean passesByItself) {
        this.passesByItself = passesByItself;
    }

    /// Whoever waits goes on at once, that much later.
    static ManualClock thatPassesByItself() {
        return new ManualClock(true);
    }

    /// Time stands still until [#advance].
    static ManualClock thatStandsStill() {
        return new ManualClock(false);
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void sleepUntil(long nanoTime) throws InterruptedException {
        waits.add(Duration.ofNanos(nanoTime - now).toMillis());
        notifyAll();
        if (passesByItself) {
            now = nanoTime;
        }
        while (now < nanoTime) {
            wait();
        }
    }

    synchronized void advance(Duration by) {
        now += by.toNanos();
        notifyAll();
    }

    /// Waits until somebody has begun to wait.
    synchronized void awaitWait() throws InterruptedException {
        while (waits.isEmpty()) {
            wait();
        }
    }
}
