// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.measure.RunListener;

/// A stream of numbered tensors and how to run it: without a watchdog, whose looks would hide a lost wake-up, and
/// validated, so that closing finds leaks.
final class Flow extends Source<Integer> implements RunListener {
    private static final TensorSpec NUMBER = TensorSpec.of("N", ElementType.F32, 1);

    final Out<Tensor> tensor = out("tensor", Tensor.class);
    private final int frames;
    private final CountDownLatch gate;
    private final AtomicInteger ends = new AtomicInteger();

    private Flow(int frames, CountDownLatch gate) {
        this.frames = frames;
        this.gate = gate;
    }

    /// So many frames.
    static Flow of(int frames) {
        return new Flow(frames, new CountDownLatch(0));
    }

    /// So many frames, the first only after [#open()].
    static Flow gated(int frames) {
        return new Flow(frames, new CountDownLatch(1));
    }

    void open() {
        gate.countDown();
    }

    RunOptions options() {
        return RunOptions.of(new ThreadPlan(1, 1, 1))
                .withValidate(true)
                .withStallAfter(Duration.ZERO)
                .withListener(this);
    }

    /// A run that gives all frames.
    Run start() {
        return Pipeline.to(tensor).start(options());
    }

    /// How often the listener was told of an end.
    int ends() {
        return ends.get();
    }

    /// The number in a frame.
    ///
    /// @return -1 if the frame was given back meanwhile, -2 if there is none
    int number(Optional<Frame> frame) {
        try {
            return frame.map(present -> (int) present.get(tensor).floatAt(0)).orElse(-2);
        } catch (ReleasedException gone) {
            return -1;
        }
    }

    /// Closes a run.
    ///
    /// @return whether all memory came back
    static boolean closesWhole(Run run) {
        try {
            run.close();
            return true;
        } catch (LeakException leak) {
            return false;
        }
    }

    @Override
    public Cursor<Integer> open(Step step) {
        return new Cursor<>() {
            private int next;

            @Override
            public Next<Integer> next() throws InterruptedException {
                gate.await();
                return next == frames ? new Next.End<>() : new Next.Item<>(next++, Metadata.EMPTY);
            }
        };
    }

    @Override
    public void load(Integer key, Step step) {
        step.put(tensor, Tensor.of(NUMBER, step.memory(), key));
    }

    @Override
    public void ended(Completion completion) {
        ends.incrementAndGet();
    }
}
