// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;

/// The nodes of random graphs that open, join and close streams.
final class RandomStreams {
    private RandomStreams() {}

    /// Opens a stream of a few frames, as many as its inputs say; may fail in between.
    static final class Opener extends Source<Long> {
        final Ins<Tensor> in;
        final Out<Tensor> out = out("out", Tensor.class);
        final Parameter<Integer> plus = integer("plus", 0, 0, 9, "", "changes what is loaded");

        /// What is done before the frame with this number is given.
        LongConsumer beforeNext = _ -> {};

        private final long seed;
        private final int most;
        private final int failures;

        Opener(long seed, int most, int failures, boolean hasInputs) {
            this.in = hasInputs ? ins("in", Tensor.class) : null;
            this.seed = seed;
            this.most = most;
            this.failures = failures;
        }

        @Override
        public Cursor<Long> open(Step step) {
            long hash = in == null ? seed : RandomNodes.read(seed, in, step);
            long count = in == null ? most : Math.floorMod(hash, most + 1);
            if (RandomNodes.happens(hash >> 5, 2 * failures)) {
                throw new IllegalStateException("cannot open " + Long.toHexString(hash));
            }
            long[] next = new long[1];
            return () -> {
                beforeNext.accept(next[0]);
                if (next[0] == count) {
                    return new Next.End<>();
                }
                if (RandomNodes.happens(Values.mix(hash, List.of(next[0])), 5 * failures)) {
                    throw new IllegalStateException("source broke at " + next[0]);
                }
                return new Next.Item<>(
                        Values.mix(hash, List.of(next[0])), Metadata.EMPTY.with(Metadata.INDEX, next[0]++));
            };
        }

        @Override
        public void load(Long key, Step step) {
            if (RandomNodes.happens(key >> 9, 2 * failures)) {
                throw new IllegalStateException("cannot load " + Long.toHexString(key));
            }
            long hash = in == null ? key : Values.mix(key, List.of(RandomNodes.read(seed, in, step)));
            step.put(out, Values.of(hash + step.get(plus), step));
        }
    }

    /// Gathers all children of a frame.
    static final class Gatherer extends Fold<List<Long>> {
        final In<Tensor> in;
        final Out<Tensor> out = out("out", Tensor.class);
        final Parameter<Integer> plus = integer("plus", 0, 0, 9, "", "changes what is gathered");
        private final long seed;
        private final int failures;

        Gatherer(long seed, int failures, boolean tolerant) {
            this.in = tolerant ? outcome("in", Tensor.class) : in("in", Tensor.class);
            this.seed = seed;
            this.failures = failures;
        }

        @Override
        public List<Long> begin(Step parent) {
            return new ArrayList<>(List.of(seed + parent.get(plus)));
        }

        @Override
        public void add(List<Long> accumulator, Step child) {
            if (child.outcome(in) instanceof Outcome.Value<Tensor>(Tensor tensor)) {
                accumulator.add(Values.of(tensor) + child.get(plus));
                if (RandomNodes.happens(Values.of(tensor) >> 11, failures)) {
                    throw new IllegalStateException("cannot add");
                }
            } else {
                accumulator.add(-1L);
            }
        }

        @Override
        public void finish(List<Long> accumulator, Step parent) {
            parent.put(out, Values.of(Values.mix(seed + parent.get(plus), accumulator), parent));
        }
    }

    /// Joins two streams frame by frame, to the end of the shorter.
    static final class Zip extends Restream<Boolean> {
        final In<Tensor> left = in("left", Tensor.class);
        final In<Tensor> right = in("right", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public Boolean open() {
            return true;
        }

        @Override
        public boolean next(Boolean state, Intake intake, Step step) throws Exception {
            Optional<Arrival> first = intake.take(left);
            Optional<Arrival> second = intake.take(right);
            try {
                if (first.isEmpty() || second.isEmpty()) {
                    return false;
                }
                if (first.get().outcome(left) instanceof Outcome.Value<Tensor>(Tensor a)
                        && second.get().outcome(right) instanceof Outcome.Value<Tensor>(Tensor b)) {
                    step.put(out, Values.of(Values.mix(3, List.of(Values.of(a), Values.of(b))), step));
                }
                return true;
            } finally {
                first.ifPresent(Arrival::close);
                second.ifPresent(Arrival::close);
            }
        }

        @Override
        public int holds() {
            return 1;
        }
    }

    /// Groups consecutive frames, the last group smaller; fails where a member failed.
    static final class Group extends Restream<Boolean> {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);
        private final int size;

        Group(int size) {
            this.size = size;
        }

        @Override
        public Boolean open() {
            return true;
        }

        @Override
        public boolean next(Boolean state, Intake intake, Step step) throws Exception {
            List<Arrival> members = new ArrayList<>();
            try {
                for (int i = 0; i < size; i++) {
                    intake.take(in).ifPresent(members::add);
                }
                if (members.isEmpty()) {
                    return false;
                }
                List<Long> values = new ArrayList<>();
                for (Arrival member : members) {
                    values.add(
                            member.outcome(in) instanceof Outcome.Value<Tensor>(Tensor value) ? Values.of(value) : -5L);
                }
                step.put(out, Values.of(Values.mix(7, values), step));
                return true;
            } finally {
                members.forEach(Arrival::close);
            }
        }

        @Override
        public int holds() {
            return size;
        }
    }
}
