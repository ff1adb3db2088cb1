// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

/// When the next frame is to be drawn, so that drawing takes little of what computes: a tenth of a core at most, as
/// long as ten frames a second are shown all the same, and never more than sixty.
final class Tempo {
    private static final long SHORTEST = 1_000_000_000L / 60;
    private static final long LONGEST = 1_000_000_000L / 11;
    private static final int SHARE = 10;

    private long due;

    /// Nanoseconds until a frame may be drawn, none below 0.
    long left(long now) {
        return Math.max(0, due - now);
    }

    /// A frame was drawn.
    void drawn(long begun, long ended) {
        due = begun + Math.clamp(SHARE * (ended - begun), SHORTEST, LONGEST);
    }
}
