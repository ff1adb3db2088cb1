// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Frames with memory, and several threads that take them or close the run.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TakersTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);

    /// Puts its number into native memory; from a number on, only after a gate was opened.
    private static final class Gated extends Stateless {
        final In<Long> number = in("number", Long.class);
        final Out<Tensor> tensor = out("tensor", Tensor.class);
        final CountDownLatch gate = new CountDownLatch(1);
        private final long from;

        Gated(long frames, long from) {
            this.from = from;
            number.from(new Counter(frames).number);
        }

        @Override
        public void execute(Step step) {
            if (step.get(number) >= from) {
                StreamTest.awaitUninterruptibly(gate);
            }
            step.put(tensor, Tensor.of(TensorSpec.of("N", ElementType.F32, 1), step.memory(), step.get(number)));
        }

        float read(Frame frame) {
            return frame.get(tensor).floatAt(0);
        }
    }

    /// Both waited when the first frame came, so neither took the other's frame back when it began to wait.
    @Test
    void framesOfThreadsThatWaitedTogetherAreAllGivenBack() throws Exception {
        Gated node = new Gated(4, 0);
        Run run = Pipeline.to(node.tensor).start(VALIDATED.withAhead(2));
        float[] taken = new float[2];
        List<Thread> takers = List.of(
                Thread.ofPlatform().start(() -> taken[0] = node.read(run.next().orElseThrow())),
                Thread.ofPlatform().start(() -> taken[1] = node.read(run.next().orElseThrow())));
        for (Thread taker : takers) {
            SubscriptionTest.awaitWaiting(taker);
        }
        node.gate.countDown();
        for (Thread taker : takers) {
            taker.join();
        }

        assertThat(taken).containsExactlyInAnyOrder(0, 1);
        // Only two frames may be in work: one that was not given back would be missing here.
        assertThat(node.read(run.next().orElseThrow())).isEqualTo(2);
        assertThat(node.read(run.next().orElseThrow())).isEqualTo(3);
        assertThat(run.next()).isEmpty();
        assertThatCode(run::close).doesNotThrowAnyException();
    }

    @Test
    void noFrameIsHandedOutWhileTheRunIsBeingClosed() throws Exception {
        Gated node = new Gated(2, 1);
        Run run = Pipeline.of(List.of(Subscription.every(node.tensor), Subscription.every(node.tensor)), List.of())
                .start(VALIDATED);
        // The first frame is there for both; the second holds closing up.
        assertThat(node.read(run.next(1).orElseThrow())).isZero();

        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Thread[] closer = new Thread[1];
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> closed = threads.submit(() -> {
                closer[0] = Thread.currentThread();
                begun.countDown();
                run.close();
            });
            begun.await();
            SubscriptionTest.awaitWaiting(closer[0]);
            assertThat(run.next(0)).isEmpty();
            node.gate.countDown();
            assertThatCode(closed::get).doesNotThrowAnyException();
        }
    }
}
