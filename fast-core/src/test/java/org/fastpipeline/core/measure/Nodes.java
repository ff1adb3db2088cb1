// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import java.util.concurrent.CountDownLatch;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Small nodes that the measured and watched runs of the tests are made of.
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

    /// Work that is held up until the latch opens.
    static Work heldBy(CountDownLatch latch) {
        return (value, _) -> {
            latch.await();
            return value;
        };
    }
}
