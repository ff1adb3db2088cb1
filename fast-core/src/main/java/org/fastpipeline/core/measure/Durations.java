// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import java.time.Duration;
import java.util.Arrays;

/// Collects durations: exact count, sum, least and most; percentiles exact for the first thousand, then to within a
/// sixteenth.
///
/// Not thread-safe.
public final class Durations {
    private static final int STEPS = 16;
    private static final int EXACT = 1000;
    private long[] first = new long[8];
    private long[] buckets = {};
    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long most;

    /// An empty collection.
    public Durations() {}

    /// Adds one duration.
    ///
    /// @param nanoseconds 0 or more
    public void add(long nanoseconds) {
        if (count < EXACT) {
            if (count == first.length) {
                first = Arrays.copyOf(first, Math.min(EXACT, 2 * first.length));
            }
            first[(int) count] = nanoseconds;
        } else {
            bucket(nanoseconds);
        }
        count++;
        sum += nanoseconds;
        least = Math.min(least, nanoseconds);
        most = Math.max(most, nanoseconds);
    }

    /// The figures so far.
    public Summary summary() {
        return count == 0
                ? new Summary(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO)
                : new Summary(
                        count,
                        Duration.ofNanos(sum),
                        Duration.ofNanos(least),
                        Duration.ofNanos(percentile(0.50)),
                        Duration.ofNanos(percentile(0.99)),
                        Duration.ofNanos(most));
    }

    private long percentile(double share) {
        long rank = (long) Math.ceil(share * count);
        if (count <= EXACT) {
            long[] sorted = Arrays.copyOf(first, (int) count);
            Arrays.sort(sorted);
            return sorted[(int) rank - 1];
        }
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                return Math.clamp(upperEnd(i), least, most);
            }
        }
        return most;
    }

    private void bucket(long nanoseconds) {
        if (buckets.length == 0) {
            buckets = new long[64 * STEPS];
            for (long early : first) {
                buckets[bucketOf(early)]++;
            }
        }
        buckets[bucketOf(nanoseconds)]++;
    }

    private static int bucketOf(long value) {
        if (value < STEPS) {
            return (int) Math.max(0, value);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        int step = (int) (value >> (exponent - 4)) & (STEPS - 1);
        return (exponent - 3) * STEPS + step;
    }

    private static long upperEnd(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int exponent = bucket / STEPS + 3;
        return ((long) (STEPS + bucket % STEPS + 1) << (exponent - 4)) - 1;
    }

    /// The figures of a collection.
    ///
    /// @param count how many
    /// @param total their sum
    /// @param least the shortest
    /// @param median half of them took at most this
    /// @param p99 99 of 100 took at most this
    /// @param most the longest
    public record Summary(long count, Duration total, Duration least, Duration median, Duration p99, Duration most) {
        /// The mean, zero if there is none.
        public Duration mean() {
            return count == 0 ? Duration.ZERO : total.dividedBy(count);
        }
    }
}
