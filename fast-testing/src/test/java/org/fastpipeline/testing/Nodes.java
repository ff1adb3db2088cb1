// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;

/// Small nodes that the tests of runs here are made of.
final class Nodes {
    private Nodes() {}

    /// Counts from 0 at a rate.
    static final class Ticker extends Source<Long> {
        final Out<Long> number = out("number", Long.class);
        private final long count;
        private final Duration period;

        Ticker(long count, Duration period) {
            this.count = count;
            this.period = period;
        }

        @Override
        public Cursor<Long> open(Step step) {
            var clock = step.clock();
            long begun = clock.nanoTime();
            long[] next = new long[1];
            return () -> {
                if (next[0] == count) {
                    return new Next.End<>();
                }
                clock.sleepUntil(begun + next[0] * period.toNanos());
                return new Next.Item<>(next[0]++, Metadata.EMPTY);
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

    /// Adds a frame of each of two streams up.
    static final class Zip extends Restream<List<Restream.Arrival>> {
        final In<Long> left = in("left", Long.class);
        final In<Long> right = in("right", Long.class);
        final Out<Long> sum = out("sum", Long.class);

        @Override
        public List<Arrival> open() {
            return new ArrayList<>();
        }

        @Override
        public boolean next(List<Arrival> state, Intake intake, Step step) throws InterruptedException {
            Optional<Arrival> first = intake.take(left);
            if (first.isEmpty()) {
                return false;
            }
            try (Arrival one = first.get()) {
                Optional<Arrival> second = intake.take(right);
                if (second.isEmpty()) {
                    return false;
                }
                try (Arrival other = second.get()) {
                    step.put(sum, one.get(left) + other.get(right));
                }
            }
            return true;
        }

        @Override
        public int holds() {
            return 1;
        }
    }
}
