// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How a soak is to go.
///
/// @param length how long
/// @param measured how long memory must have been measured for its growth to be judged
/// @param frames how many frames must have gone through meanwhile
/// @param rate most frames in a second, of all runs together; 0 for as many as the machine makes
/// @param seed of all chances
record SoakOptions(Duration length, Duration measured, long frames, double rate, long seed) {
    static final String USAGE = "Usage: Soak --seconds N [--rate FRAMES_PER_SECOND] [--seed N]";

    private static final Duration MEASURED = Duration.ofMinutes(2);

    /// @throws IllegalArgumentException if the arguments are not as in [#USAGE]
    static SoakOptions parse(String... arguments) {
        long seconds = 0;
        double rate = 0;
        long seed = RandomGenerator.getDefault().nextLong(Integer.MAX_VALUE);
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--seconds" -> seconds = Long.parseLong(value);
                case "--rate" -> rate = Double.parseDouble(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("met " + arguments[i] + ". " + USAGE);
            }
        }
        if (arguments.length % 2 != 0 || seconds < 1 || !(rate >= 0)) {
            throw new IllegalArgumentException("met " + String.join(" ", arguments) + ". " + USAGE);
        }
        return new SoakOptions(Duration.ofSeconds(seconds), MEASURED, MemoryTrend.PER_FRAMES, rate, seed);
    }

    /// What comes before the measurement of memory: a fifth of the soak, at most ten minutes.
    ///
    /// Until then the compilers still translate hot code and take memory for it and for their work, classes are
    /// loaded, and each of the C library's arenas is first filled up to what the runs hold at most. All of that is
    /// bounded, and none of it is a leak; but it looks like one until it is done.
    Duration warmUp() {
        Duration fifth = length.dividedBy(5);
        Duration most = Duration.ofMinutes(10);
        return fifth.compareTo(most) < 0 ? fifth : most;
    }

    /// How often memory is looked at: some 240 times.
    Duration interval() {
        Duration part = length.dividedBy(240);
        Duration least = Duration.ofSeconds(1);
        return part.compareTo(least) > 0 ? part : least;
    }
}
