// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;

/// Streams to measure with, above all one through nodes that do nothing, so that all that is measured is the executor.
final class Chain {
    private Chain() {}

    /// Makes the payload of a frame.
    interface Maker<T> {
        T make(Step step);
    }

    private static final class Frames<T> extends Source<Long> {
        private final Out<T> value;
        private final long count;
        private final Maker<T> maker;

        Frames(Class<T> type, long count, Maker<T> maker) {
            this.value = out("value", type);
            this.count = count;
            this.maker = maker;
        }

        @Override
        public Cursor<Long> open(Step step) {
            return new Cursor<>() {
                private long next;

                @Override
                public Next<Long> next() {
                    return next == count ? new Next.End<>() : new Next.Item<>(next++, Metadata.EMPTY);
                }
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(value, maker.make(step));
        }
    }

    private static final class Pass<T> extends Stateless {
        private final In<T> input;
        private final Out<T> output;

        Pass(Class<T> type) {
            this.input = in("input", type);
            this.output = out("output", type);
        }

        @Override
        public void execute(Step step) {
            step.put(output, step.get(input));
        }
    }

    /// The output of a source of `frames` frames.
    static <T> Out<T> source(Class<T> type, long frames, Maker<T> maker) {
        return new Frames<>(type, frames, maker).value;
    }

    /// A pipeline from a source of `frames` frames through `nodes` nodes that do nothing.
    static <T> Pipeline of(Class<T> type, long frames, int nodes, Maker<T> maker) {
        Out<T> end = source(type, frames, maker);
        for (int i = 0; i < nodes; i++) {
            Pass<T> pass = new Pass<>(type);
            pass.input.from(end);
            end = pass.output;
        }
        return Pipeline.to(end);
    }

    /// Options of a run that measures: nothing is validated.
    static RunOptions options(int workers) {
        return RunOptions.of(new ThreadPlan(workers, 1, 1)).withValidate(false);
    }

    /// The same with so many frames in work that no thread waits for another.
    static RunOptions saturated(int workers) {
        return options(workers).withAhead(64);
    }

    /// Runs `pipeline` to its end.
    ///
    /// @return how many frames went through
    static long drain(Pipeline pipeline, RunOptions options) {
        try (Run run = pipeline.start(options)) {
            return run.finish().frames();
        }
    }
}
