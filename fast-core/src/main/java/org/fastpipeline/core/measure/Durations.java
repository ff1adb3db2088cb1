// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import java.time.Duration;
import java.util.Arrays;
import org.fastpipeline.core.error.ParameterException;

/// Collects durations: exact count, sum, deviation, least and most; percentiles exact for the first thousand, then to
/// within a sixteenth.
///
/// With a window only the last durations count, and all figures are exact. The deviation is that of the population,
/// summed as they come (B. P. Welford, Technometrics 4, 1962, p. 419). Not thread-safe.
public final class Durations {
    private static final int STEPS = 16;
    private static final int EXACT = 1000;
    private final int window;
    private int toIgnore;
    private long[] kept = new long[8];
    private long[] buckets = {};
    private long count;
    private long sum;
    private double mean;
    private double squares;
    private long least = Long.MAX_VALUE;
    private long most;

    /// An empty collection that counts all.
    public Durations() {
        this(0, 0);
    }

    /// An empty collection.
    ///
    /// @param warmUp how many durations at the beginning do not count, 0 or more
    /// @param window how many of the last durations count, the first one too while there are no more; 0 for all
    /// @throws ParameterException if one of them is negative
    public Durations(int warmUp, int window) {
        this.toIgnore = checked("warm-up", warmUp);
        this.window = checked("window", window);
    }

    static int checked(String what, int value) {
        if (value < 0) {
            throw new ParameterException("measurement, " + what, String.valueOf(value), "0 or more");
        }
        return value;
    }

    /// Adds one duration.
    ///
    /// @param nanoseconds 0 or more
    public void add(long nanoseconds) {
        if (toIgnore > 0) {
            toIgnore--;
            return;
        }
        if (window > 0) {
            keep((int) (count % window), nanoseconds, window);
        } else {
            if (count < EXACT) {
                keep((int) count, nanoseconds, EXACT);
            } else {
                bucket(nanoseconds);
            }
            include(nanoseconds, count + 1);
        }
        count++;
    }

    private void keep(int place, long nanoseconds, int limit) {
        if (place == kept.length) {
            kept = Arrays.copyOf(kept, Math.min(limit, 2 * kept.length));
        }
        kept[place] = nanoseconds;
    }

    private void include(long nanoseconds, long number) {
        sum += nanoseconds;
        least = Math.min(least, nanoseconds);
        most = Math.max(most, nanoseconds);
        double before = nanoseconds - mean;
        mean += before / number;
        squares += before * (nanoseconds - mean);
    }

    /// The figures so far.
    public Summary summary() {
        if (count == 0) {
            return Summary.NONE;
        }
        if (window > 0) {
            Durations last = new Durations();
            int counting = (int) Math.min(count, window);
            last.kept = Arrays.copyOf(kept, counting);
            for (long nanoseconds : last.kept) {
                last.include(nanoseconds, ++last.count);
            }
            return last.figures(counting);
        }
        return figures(EXACT);
    }

    private Summary figures(int exact) {
        return new Summary(
                count,
                Duration.ofNanos(sum),
                Duration.ofNanos(Math.round(Math.sqrt(squares / count))),
                Duration.ofNanos(least),
                Duration.ofNanos(percentile(0.50, exact)),
                Duration.ofNanos(percentile(0.99, exact)),
                Duration.ofNanos(most));
    }

    private long percentile(double share, int exact) {
        long rank = (long) Math.ceil(share * count);
        if (count <= exact) {
            long[] sorted = Arrays.copyOf(kept, (int) count);
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
            for (long early : kept) {
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
    /// @param deviation their standard deviation, that of the population
    /// @param least the shortest
    /// @param median half of them took at most this
    /// @param p99 99 of 100 took at most this
    /// @param most the longest
    public record Summary(
            long count,
            Duration total,
            Duration deviation,
            Duration least,
            Duration median,
            Duration p99,
            Duration most) {
        /// The figures of no durations at all.
        public static final Summary NONE = new Summary(
                0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        /// The mean, zero if there is none.
        public Duration mean() {
            return count == 0 ? Duration.ZERO : total.dividedBy(count);
        }
    }
}
