// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import org.fastpipeline.core.graph.TimeSource;

/// A schedule: each thing is due some time after the one before was due, so that delays do not add up.
///
/// After a delay of more than one gap the schedule begins anew, so that nothing comes in a burst.
final class Pace {
    private static final double SECOND = 1e9;

    private long last;
    private boolean begun;

    /// The time between two frames at `rate`, in nanoseconds; none at rate 0.
    static long gap(double rate) {
        return rate > 0 ? Math.round(SECOND / rate) : 0;
    }

    /// When the next thing is due, in the clock's nanoseconds: `gap` after the one before, or at once.
    long due(TimeSource clock, long gap) {
        return begun ? last + gap : clock.nanoTime();
    }

    /// It happened; it was due at `due`.
    void happened(TimeSource clock, long due, long gap) {
        long now = clock.nanoTime();
        last = now - due > gap ? now : due;
        begun = true;
    }

    /// The next thing is due at once.
    void restart() {
        begun = false;
    }
}
