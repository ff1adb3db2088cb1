// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Lane;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// The nodes random graphs are made of. What they do, and when they fail, depends on their seed and inputs only.
final class RandomNodes {
    private RandomNodes() {}

    static boolean happens(long hash, int oneIn) {
        return oneIn > 0 && Math.floorMod(hash, oneIn) == 0;
    }

    static long read(long seed, Ins<Tensor> in, Step step) {
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
        final Parameter<Integer> plus = integer("plus", 0, 0, 9, "", "changes the result");
        final Parameter<Integer> times = integer("times", 0, 0, 9, "", "changes the result");
        private final long seed;
        private final int failures;
        private final int batch;
        private final Lane lane;
        private final Map<FrameId, Boolean> stumbled = new ConcurrentHashMap<>();

        Mixer(long seed, int failures, int batch) {
            this(seed, failures, batch, Lane.CPU);
        }

        Mixer(long seed, int failures, int batch, Lane lane) {
            this.seed = seed;
            this.failures = failures;
            this.batch = batch;
            this.lane = lane;
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public int batch() {
            return batch;
        }

        @Override
        public void execute(Step step) {
            long hash = read(seed + step.get(plus) + 10L * step.get(times), in, step);
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
        final Parameter<Integer> plus = integer("plus", 0, 0, 9, "", "changes what is remembered");
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
            long hash = read(state.getFirst() + step.get(plus), in, step);
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
                step.put(out, Values.of(~state.getFirst() + step.get(plus), step));
            }
        }

        @Override
        public boolean restarts() {
            return restarts;
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
