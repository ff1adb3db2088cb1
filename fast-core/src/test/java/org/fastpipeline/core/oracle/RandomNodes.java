// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// The nodes random graphs are made of. What they do, and when they fail, depends on their seed and inputs only.
final class RandomNodes {
    private RandomNodes() {}

    private static boolean happens(long hash, int oneIn) {
        return oneIn > 0 && Math.floorMod(hash, oneIn) == 0;
    }

    private static long read(long seed, Ins<Tensor> in, Step step) {
        List<Long> values = new ArrayList<>();
        step.get(in).forEach(tensor -> values.add(Values.of(tensor)));
        step.metadata().entries().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .forEach(entry -> values.add(entry.getKey().type() == Long.class ? (Long) entry.getValue() : 0L));
        return Values.mix(seed, values);
    }

    /// Mixes its inputs; fails, skips and stumbles now and then; may take several frames at once.
    static final class Mixer extends Stateless {
        final Ins<Tensor> in = ins("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);
        private final long seed;
        private final int failures;
        private final int batch;
        private final Map<FrameId, Boolean> stumbled = new ConcurrentHashMap<>();

        Mixer(long seed, int failures, int batch) {
            this.seed = seed;
            this.failures = failures;
            this.batch = batch;
        }

        @Override
        public int batch() {
            return batch;
        }

        @Override
        public void execute(Step step) {
            long hash = read(seed, in, step);
            if (happens(hash, failures)) {
                throw new IllegalStateException("met " + Long.toHexString(hash));
            }
            if (happens(hash >> 7, failures) && stumbled.putIfAbsent(step.frame(), true) == null) {
                throw new TransientException("stumbled", null);
            }
            if (happens(hash >> 3, 11)) {
                step.skip(out, "not this one");
            } else {
                step.put(out, Values.of(hash, step));
            }
        }
    }

    /// Passes its input on as it is.
    static final class Passer extends Stateless {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public void execute(Step step) {
            step.put(out, step.get(in));
        }
    }

    /// Sees failures and skips, and makes a value of them.
    static final class Tolerant extends Stateless {
        final In<Tensor> in = outcome("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public void execute(Step step) {
            long value =
                    switch (step.outcome(in)) {
                        case Outcome.Value<Tensor>(Tensor tensor) -> Values.of(tensor);
                        case Outcome.Skipped<Tensor> _ -> 17;
                        case Outcome.Failed<Tensor>(var cause) ->
                            cause.getMessage().hashCode();
                    };
            step.put(out, Values.of(value, step));
        }
    }

    /// Remembers all it has seen; may fail, restart, and speak at the end.
    static final class Memory extends Stateful<List<Long>> {
        final Ins<Tensor> in = ins("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);
        private final long seed;
        private final int failures;
        private final boolean restarts;
        private final boolean speaks;

        Memory(long seed, int failures, boolean restarts, boolean speaks) {
            this.seed = seed;
            this.failures = failures;
            this.restarts = restarts;
            this.speaks = speaks;
        }

        @Override
        public List<Long> open() {
            return new ArrayList<>(List.of(seed));
        }

        @Override
        public void execute(List<Long> state, Step step) {
            long hash = read(state.getFirst(), in, step);
            state.set(0, hash);
            if (happens(hash, failures)) {
                throw new IllegalStateException("lost at " + Long.toHexString(hash));
            }
            step.tag(new Key<>("seen by " + seed, Long.class), hash & 0xff);
            step.put(out, Values.of(hash, step));
        }

        @Override
        public void end(List<Long> state, Step step) {
            if (speaks) {
                step.put(out, Values.of(~state.getFirst(), step));
            }
        }

        @Override
        public boolean restarts() {
            return restarts;
        }
    }

    /// Opens a stream of a few frames, as many as its inputs say; may fail in between.
    static final class Opener extends Source<Long> {
        final Ins<Tensor> in;
        final Out<Tensor> out = out("out", Tensor.class);
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
            long hash = in == null ? seed : read(seed, in, step);
            long count = in == null ? most : Math.floorMod(hash, most + 1);
            if (happens(hash >> 5, 2 * failures)) {
                throw new IllegalStateException("cannot open " + Long.toHexString(hash));
            }
            long[] next = new long[1];
            return () -> {
                if (next[0] == count) {
                    return new Next.End<>();
                }
                if (happens(Values.mix(hash, List.of(next[0])), 5 * failures)) {
                    throw new IllegalStateException("source broke at " + next[0]);
                }
                return new Next.Item<>(
                        Values.mix(hash, List.of(next[0])), Metadata.EMPTY.with(Metadata.INDEX, next[0]++));
            };
        }

        @Override
        public void load(Long key, Step step) {
            if (happens(key >> 9, 2 * failures)) {
                throw new IllegalStateException("cannot load " + Long.toHexString(key));
            }
            step.put(out, Values.of(in == null ? key : Values.mix(key, List.of(read(seed, in, step))), step));
        }
    }

    /// Gathers all children of a frame.
    static final class Gatherer extends Fold<List<Long>> {
        final In<Tensor> in;
        final Out<Tensor> out = out("out", Tensor.class);
        private final long seed;
        private final int failures;

        Gatherer(long seed, int failures, boolean tolerant) {
            this.in = tolerant ? outcome("in", Tensor.class) : in("in", Tensor.class);
            this.seed = seed;
            this.failures = failures;
        }

        @Override
        public List<Long> begin(Step parent) {
            return new ArrayList<>(List.of(seed + 1));
        }

        @Override
        public void add(List<Long> accumulator, Step child) {
            if (child.outcome(in) instanceof Outcome.Value<Tensor>(Tensor tensor)) {
                accumulator.add(Values.of(tensor));
                if (happens(Values.of(tensor) >> 11, failures)) {
                    throw new IllegalStateException("cannot add");
                }
            } else {
                accumulator.add(-1L);
            }
        }

        @Override
        public void finish(List<Long> accumulator, Step parent) {
            parent.put(out, Values.of(Values.mix(seed, accumulator), parent));
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

    /// Writes down what it takes, in the order it takes it.
    static final class Recorder extends Sink<List<String>> {
        final In<Tensor> in = outcome("in", Tensor.class);
        final List<String> taken = new ArrayList<>();
        Completion completion = new Completion.Cancelled();

        @Override
        public List<String> open() {
            return new ArrayList<>();
        }

        @Override
        public void execute(List<String> state, Step step) {
            state.add(step.frame() + " " + Values.text(step.outcome(in)));
        }

        @Override
        public void close(List<String> state, Completion told) {
            taken.clear();
            taken.addAll(state);
            completion = told;
        }
    }
}
