// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.fault;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.fault.Faults.Counted;
import org.fastpipeline.core.fault.Faults.Site;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// A node of each kind, each with all the calls that can fail.
final class FaultyNodes {
    private FaultyNodes() {}

    /// Numbers from 0; below a frame if its input is connected.
    static final class Numbers extends Source<Long> {
        final In<Counted> in = optional("in", Counted.class);
        final Out<Counted> out = out("out", Counted.class);
        private final Faults faults;
        private final long count;

        Numbers(Faults faults, long count) {
            this.faults = faults;
            this.count = count;
        }

        @Override
        public Cursor<Long> open(Step step) {
            long[] next = faults.openState();
            return new Cursor<>() {
                @Override
                public Next<Long> next() {
                    faults.pass(Site.READ);
                    return next[0] == count ? new Next.End<>() : new Next.Item<>(next[0]++, Metadata.EMPTY);
                }

                @Override
                public void close() {
                    faults.closeState(Site.CLOSE);
                }
            };
        }

        @Override
        public void load(Long key, Step step) {
            faults.pass(Site.DECODE);
            long base = step.find(in).map(Counted::value).orElse(0L);
            step.put(out, faults.allocate(base * 100 + key, step.memory()));
        }
    }

    /// Adds one; to nothing if its input is not connected.
    static final class Increment extends Stateless {
        final In<Counted> in = optional("in", Counted.class);
        final Out<Counted> out = out("out", Counted.class);
        private final Faults faults;

        Increment(Faults faults) {
            this.faults = faults;
        }

        @Override
        public void execute(Step step) {
            faults.pass(Site.EXECUTE);
            step.put(out, faults.allocate(step.find(in).map(Counted::value).orElse(0L) + 1, step.memory()));
        }
    }

    /// The sum so far, and once more at the end.
    static final class Sum extends Stateful<long[]> {
        final In<Counted> in = in("in", Counted.class);
        final Out<Counted> out = out("out", Counted.class);
        private final Faults faults;

        Sum(Faults faults) {
            this.faults = faults;
        }

        @Override
        public long[] open() {
            return faults.openState();
        }

        @Override
        public void execute(long[] state, Step step) {
            faults.pass(Site.EXECUTE);
            state[0] += step.get(in).value();
            step.put(out, faults.allocate(state[0], step.memory()));
        }

        @Override
        public void end(long[] state, Step step) {
            faults.pass(Site.END);
            step.put(out, faults.allocate(-state[0], step.memory()));
        }

        @Override
        public void close(long[] state) {
            faults.closeState(Site.CLOSE);
        }
    }

    /// The sum of a frame's children.
    static final class Total extends Fold<long[]> {
        final In<Counted> in = in("in", Counted.class);
        final Out<Counted> out = out("out", Counted.class);
        private final Faults faults;

        Total(Faults faults) {
            this.faults = faults;
        }

        @Override
        public long[] begin(Step parent) {
            return faults.openState();
        }

        @Override
        public void add(long[] accumulator, Step child) {
            faults.pass(Site.EXECUTE);
            accumulator[0] += child.get(in).value();
        }

        @Override
        public void finish(long[] accumulator, Step parent) {
            faults.pass(Site.END);
            parent.put(out, faults.allocate(accumulator[0], parent.memory()));
        }

        @Override
        public void close(long[] accumulator) {
            faults.closeState(Site.CLOSE);
        }
    }

    /// Joins two streams of one length; a frame that failed is not dropped when the other stream ends before it.
    static final class Zip extends Restream<long[]> {
        final In<Counted> left = in("left", Counted.class);
        final In<Counted> right = in("right", Counted.class);
        final Out<Counted> out = out("out", Counted.class);
        private final Faults faults;

        Zip(Faults faults) {
            this.faults = faults;
        }

        @Override
        public long[] open() {
            return faults.openState();
        }

        @Override
        public boolean next(long[] state, Intake intake, Step step) throws InterruptedException {
            Optional<Arrival> first = intake.take(left);
            Optional<Arrival> second = intake.take(right);
            if (first.isEmpty() || second.isEmpty()) {
                try {
                    first.ifPresent(one -> one.get(left));
                    second.ifPresent(one -> one.get(right));
                } finally {
                    first.ifPresent(Arrival::close);
                    second.ifPresent(Arrival::close);
                }
                return false;
            }
            try (Arrival a = first.get();
                    Arrival b = second.get()) {
                faults.pass(Site.EXECUTE);
                step.put(
                        out,
                        faults.allocate(
                                a.get(left).value() * 1000 + b.get(right).value(), step.memory()));
            }
            return true;
        }

        @Override
        public void close(long[] state) {
            faults.closeState(Site.CLOSE);
        }

        @Override
        public int holds() {
            return 1;
        }
    }

    /// Keeps what it takes, and shows it once it is told that all is well.
    static final class Keep extends Sink<List<Long>> {
        final In<Counted> in = in("in", Counted.class);
        final List<Long> committed = new CopyOnWriteArrayList<>();
        private final Faults faults;

        Keep(Faults faults) {
            this.faults = faults;
        }

        @Override
        public List<Long> open() {
            faults.openState();
            return new CopyOnWriteArrayList<>();
        }

        @Override
        public void execute(List<Long> state, Step step) {
            faults.pass(Site.EXECUTE);
            state.add(step.get(in).value());
        }

        @Override
        public void close(List<Long> state, Completion completion) {
            faults.closeState(Site.COMMIT);
            if (completion instanceof Completion.Completed) {
                committed.addAll(state);
            }
        }
    }
}
