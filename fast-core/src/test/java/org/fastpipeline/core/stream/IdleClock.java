// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.time.Duration;
import org.fastpipeline.core.graph.TimeSource;

/// A clock that stands still unless somebody sleeps on it or a test moves it on; nobody ever waits.
class IdleClock implements TimeSource {
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void sleepUntil(long nanoTime) {
        now = Math.max(now, nanoTime);
    }

    synchronized void advance(long milliseconds) {
        now += Duration.ofMillis(milliseconds).toNanos();
    }

    long milliseconds() {
        return Duration.ofNanos(nanoTime()).toMillis();
    }
}
