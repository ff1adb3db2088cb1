// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Small nodes that the tests of runs here are made of.
final class Nodes {
    private Nodes() {}

    /// What a node does with a number.
    interface Work {
        long on(long value, Step step) throws Exception;
    }

    /// Counts from 0.
    static final class Counter extends Source<Long> {
        final Out<Long> number = out("number", Long.class);
        private final long count;

        Counter(long count) {
            this.count = count;
        }

        @Override
        public Cursor<Long> open(Step step) {
            long[] next = new long[1];
            return () -> next[0] == count ? new Next.End<>() : new Next.Item<>(next[0]++, Metadata.EMPTY);
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

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

    /// Works on each number by itself, or on several.
    static class Apply extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);
        private final Work work;

        Apply(Out<Long> from, Work work) {
            in.from(from);
            this.work = work;
        }

        @Override
        public void execute(Step step) throws Exception {
            step.put(out, work.on(step.get(in), step));
        }
    }

    /// The same for a number of frames at once.
    static final class Batched extends Apply {
        private final int size;

        Batched(Out<Long> from, int size, Work work) {
            super(from, work);
            this.size = size;
        }

        @Override
        public int batch() {
            return size;
        }
    }

    /// Adds all up, in order.
    static final class RunningSum extends Stateful<long[]> {
        final In<Long> in = in("in", Long.class);
        final Out<Long> sum = out("sum", Long.class);

        @Override
        public long[] open() {
            return new long[1];
        }

        @Override
        public void execute(long[] state, Step step) {
            state[0] += step.get(in);
            step.put(sum, state[0]);
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

    /// Work that is held up until the latch opens.
    static Work heldBy(CountDownLatch latch) {
        return (value, _) -> {
            latch.await();
            return value;
        };
    }
}
