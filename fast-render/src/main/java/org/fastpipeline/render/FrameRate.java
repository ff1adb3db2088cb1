// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.ArrayDeque;
import java.util.Deque;

/// Frames per second, over the last two seconds.
final class FrameRate {
    private static final long SPAN = 2_000_000_000L;

    private final Deque<Long> times = new ArrayDeque<>();

    void add(long now) {
        times.addLast(now);
        while (now - times.getFirst() > SPAN) {
            times.removeFirst();
        }
    }

    /// 0 before the second frame.
    double perSecond() {
        if (times.size() < 2) {
            return 0;
        }
        return (times.size() - 1) * 1e9 / (times.getLast() - times.getFirst());
    }
}
