// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Small nodes that the tests of runs are made of.
final class TestNodes {
    private TestNodes() {}

    /// Counts from 0; may break before a number.
    static final class Counter extends Source<Long> {
        final Out<Long> number = out("number", Long.class);
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        private final long count;
        private final long breaksAt;

        Counter(long count) {
            this(count, -1);
        }

        Counter(long count, long breaksAt) {
            this.count = count;
            this.breaksAt = breaksAt;
        }

        @Override
        public Cursor<Long> open(Step step) {
            opened.incrementAndGet();
            return new Cursor<>() {
                private long next;

                @Override
                public Next<Long> next() {
                    if (next == breaksAt) {
                        throw new IllegalStateException("the cable was pulled");
                    }
                    return next == count
                            ? new Next.End<>()
                            : new Next.Item<>(next, Metadata.EMPTY.with(Metadata.INDEX, next++));
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

    /// Applies a function; counts its calls; may be held up, fails where the function does.
    static final class Apply extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);
        final Parameter<Integer> plus = integer("plus", 0, -1000, 1000, "", "added to the result");
        final AtomicInteger calls = new AtomicInteger();
        private final LongUnaryOperator function;

        Apply(LongUnaryOperator function) {
            this.function = function;
        }

        @Override
        public void execute(Step step) {
            calls.incrementAndGet();
            step.put(out, function.applyAsLong(step.get(in)) + step.get(plus));
        }
    }

    /// A static number made of parameters.
    static final class Static extends Stateless {
        final Out<Long> number = out("number", Long.class);
        final Parameter<Integer> first = integer("first", 1, 0, 1000, "", "one summand");
        final Parameter<Integer> second = integer("second", 1, 0, 1000, "", "the other summand");
        final AtomicInteger calls = new AtomicInteger();
        volatile boolean fails;

        @Override
        public void execute(Step step) {
            calls.incrementAndGet();
            if (fails) {
                throw new IllegalStateException("no such thing");
            }
            step.put(number, (long) step.get(first) * 1000 + step.get(second));
        }
    }

    /// Adds two numbers.
    static final class Sum extends Stateless {
        final In<Long> left = in("left", Long.class);
        final In<Long> right = in("right", Long.class);
        final Out<Long> out = out("out", Long.class);

        @Override
        public void execute(Step step) {
            step.put(out, step.get(left) + step.get(right));
        }
    }

    /// The sum of all so far; writes down in which order it saw them; says the total once more at the end.
    static final class RunningSum extends Stateful<long[]> {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);
        final Out<Long> total = out("total", Long.class);
        final List<Long> seen = new CopyOnWriteArrayList<>();
        final AtomicInteger open = new AtomicInteger();
        long failsAt = -1;
        boolean restarts;

        @Override
        public long[] open() {
            open.incrementAndGet();
            return new long[1];
        }

        @Override
        public void execute(long[] state, Step step) {
            seen.add(step.get(in));
            if (step.get(in) == failsAt) {
                throw new IllegalStateException("dropped the sum");
            }
            state[0] += step.get(in);
            step.put(out, state[0]);
        }

        @Override
        public void end(long[] state, Step step) {
            step.put(total, state[0]);
        }

        @Override
        public void close(long[] state) {
            open.decrementAndGet();
        }

        @Override
        public boolean restarts() {
            return restarts;
        }
    }

    /// Opens a stream of as many children as its number says.
    static final class Split extends Source<Long> {
        final In<Long> in = in("in", Long.class);
        final Out<Long> child = out("child", Long.class);

        @Override
        public Cursor<Long> open(Step step) {
            long count = step.get(in);
            long[] next = new long[1];
            return () -> next[0] == count ? new Next.End<>() : new Next.Item<>(next[0]++, Metadata.EMPTY);
        }

        @Override
        public void load(Long key, Step step) {
            step.put(child, key);
        }
    }

    /// Gathers children into their sum.
    static final class Total extends Fold<long[]> {
        final In<Long> in;
        final Out<Long> out = out("out", Long.class);
        final AtomicInteger open = new AtomicInteger();

        Total(boolean tolerant) {
            this.in = tolerant ? outcome("in", Long.class) : in("in", Long.class);
        }

        @Override
        public long[] begin(Step parent) {
            open.incrementAndGet();
            return new long[1];
        }

        @Override
        public void add(long[] accumulator, Step child) {
            accumulator[0] += child.outcome(in) instanceof Outcome.Value<Long>(Long value) ? value : 0;
        }

        @Override
        public void finish(long[] accumulator, Step parent) {
            parent.put(out, accumulator[0]);
        }

        @Override
        public void close(long[] accumulator) {
            open.decrementAndGet();
        }
    }

    /// Makes a tensor of some size, filled with its number.
    static final class Fill extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Tensor> out = out("out", Tensor.class);
        private final long size;

        Fill(long size) {
            this.size = size;
        }

        @Override
        public void execute(Step step) {
            Tensor tensor = Tensor.allocate(TensorSpec.of("C", ElementType.U8, size), step.memory());
            tensor.writableElements().fill(step.get(in).byteValue());
            step.put(out, tensor);
        }
    }

    /// Writes down what it takes and how the run ended.
    static final class Recorder extends Sink<List<String>> {
        final In<Long> in = outcome("in", Long.class);
        final List<String> taken = new CopyOnWriteArrayList<>();
        final List<Completion> completions = new CopyOnWriteArrayList<>();
        long failsAt = -1;

        @Override
        public List<String> open() {
            return new ArrayList<>();
        }

        @Override
        public void execute(List<String> state, Step step) {
            String text =
                    switch (step.outcome(in)) {
                        case Outcome.Value<Long>(Long value) -> value.toString();
                        case Outcome.Skipped<Long> _ -> "skipped";
                        case Outcome.Failed<Long> _ -> "failed";
                    };
            if (text.equals(Long.toString(failsAt))) {
                throw new IllegalStateException("the disk is full");
            }
            state.add(text);
        }

        @Override
        public void close(List<String> state, Completion completion) {
            taken.addAll(state);
            completions.add(completion);
        }
    }

    /// Counts how often something was tried for each number.
    static final class Tries {
        private final Map<Long, AtomicInteger> counts = new ConcurrentHashMap<>();

        int count(long number) {
            return counts.computeIfAbsent(number, _ -> new AtomicInteger()).incrementAndGet();
        }
    }
}
