// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.concurrent.TimeUnit;

/// What time it is, for nodes that keep a rate and for whoever waits: the system's time, or a test's. Thread-safe.
public interface TimeSource {
    /// The system's time.
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleepUntil(long nanoTime) throws InterruptedException {
            for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
        }
    };

    /// Nanoseconds since some fixed moment; only differences mean anything.
    long nanoTime();

    /// Waits until [#nanoTime] has reached `nanoTime`.
    ///
    /// @throws InterruptedException if the run stops
    void sleepUntil(long nanoTime) throws InterruptedException;
}
