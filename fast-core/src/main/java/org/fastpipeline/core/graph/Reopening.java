// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.time.Duration;
import org.fastpipeline.core.error.WrongUseException;

/// Whether a source that fails with a transient cause is opened again.
///
/// The attempts are those of one outage: a frame that comes begins a new count.
///
/// @param attempts how often it is tried in a row; 0 for never
/// @param delay how long to wait before the first attempt
/// @param growth what each further delay is multiplied by; 1 or more
public record Reopening(int attempts, Duration delay, double growth) {
    /// A failure ends the stream.
    public static final Reopening NEVER = new Reopening(0, Duration.ZERO, 1);

    /// As long as the run goes on, in nanoseconds: some centuries.
    private static final double LONGEST = 0x1p61;

    public Reopening {
        if (attempts < 0 || delay.isNegative() || !(growth >= 1)) {
            throw new WrongUseException(
                    "reopening",
                    "met " + attempts + " attempts, a delay of " + delay + " and a growth of " + growth
                            + "; needed none of them negative, and a growth of 1 or more",
                    "Use Reopening.NEVER for none");
        }
    }

    /// How long to wait before the attempt with this number, from 0.
    public Duration delay(int attempt) {
        double nanoseconds = (double) delay.toNanos() * Math.pow(growth, attempt);
        return Duration.ofNanos((long) Math.min(nanoseconds, LONGEST));
    }
}
