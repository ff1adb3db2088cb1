// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.junit.jupiter.api.Test;

/// Stops runs at any moment, from anywhere; `-Dfast.stops=N` stops more, `-Dfast.seed=N` replays one.
class RandomStopTest {
    private static final int CALLS_OF_A_RUN = 200;

    /// Who stops the run.
    private enum Who {
        CONSUMER,
        OTHER_THREAD,
        SEVERAL_THREADS,
        NODE,
        LISTENER
    }

    /// Passes numbers on; does something at one call.
    private static final class Trigger extends Stateless {
        final In<Faults.Counted> in = in("in", Faults.Counted.class);
        final Out<Faults.Counted> out = out("out", Faults.Counted.class);
        private final Runnable eachCall;

        Trigger(Runnable eachCall) {
            this.eachCall = eachCall;
        }

        @Override
        public void execute(Step step) {
            eachCall.run();
            step.put(out, step.get(in));
        }
    }

    @Test
    void runStopsAtAnyMomentAndLeavesNothingBehind() {
        Long only = Long.getLong("fast.seed");
        int stops = Integer.getInteger("fast.stops", 1000);
        for (long seed = only == null ? 0 : only; seed < (only == null ? stops : only + 1); seed++) {
            long replayed = seed;
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> stopOnce(new Random(replayed)), () -> "fast.seed=" + replayed);
        }
    }

    private static void stopOnce(Random random) {
        Who who = Who.values()[random.nextInt(Who.values().length)];
        boolean cancelsFirst = random.nextBoolean();
        int moment = random.nextInt(CALLS_OF_A_RUN);
        AtomicReference<Optional<Run>> self = new AtomicReference<>(Optional.empty());
        AtomicInteger calls = new AtomicInteger();
        Runnable countdown = () -> {
            if (calls.incrementAndGet() == moment) {
                Objects.requireNonNull(self.get()).ifPresent(run -> stop(run, cancelsFirst));
            }
        };

        Faults faults = Faults.none();
        Pipeline pipeline = mixed(faults, who == Who.NODE ? countdown : () -> {});
        RunOptions options = RunOptions.standard()
                .withWorkers(1 + random.nextInt(4))
                .withAhead(1 + random.nextInt(6))
                .withValidate(true)
                .withListener(new RunListener() {
                    @Override
                    public void frameDone(String frame, Optional<FastException> failure) {
                        if (who == Who.LISTENER) {
                            countdown.run();
                        }
                    }
                });
        Phaser others = new Phaser(1);
        try (Run run = random.nextBoolean() ? pipeline.start(options) : pipeline.onDemand(options)) {
            self.set(Optional.of(run));
            int threads = who == Who.OTHER_THREAD ? 1 : who == Who.SEVERAL_THREADS ? 3 : 0;
            for (int i = 0; i < threads; i++) {
                others.register();
                Thread.ofVirtual().start(() -> {
                    for (int spin = 0; spin < moment * 50; spin++) {
                        Thread.onSpinWait();
                    }
                    stop(run, cancelsFirst);
                    others.arriveAndDeregister();
                });
            }
            int taken = 0;
            while (run.next().isPresent()) {
                if (who == Who.CONSUMER && ++taken == moment % 40) {
                    stop(run, cancelsFirst);
                }
            }
        }
        others.arriveAndAwaitAdvance();
        assertThat(faults.open).hasValue(0);
    }

    private static void stop(Run run, boolean cancelsFirst) {
        if (cancelsFirst) {
            run.cancel();
        }
        run.close();
    }

    /// Children, a fold, a restream, a state and a sink.
    private static Pipeline mixed(Faults faults, Runnable eachCall) {
        FaultyNodes.Numbers children = new FaultyNodes.Numbers(faults, 3);
        children.in.from(new FaultyNodes.Numbers(faults, 30).out);
        Trigger trigger = new Trigger(eachCall);
        trigger.in.from(children.out);
        FaultyNodes.Total total = new FaultyNodes.Total(faults);
        total.in.from(trigger.out);
        FaultyNodes.Zip zip = new FaultyNodes.Zip(faults);
        zip.left.from(total.out);
        zip.right.from(new FaultyNodes.Numbers(faults, 30).out);
        FaultyNodes.Sum sum = new FaultyNodes.Sum(faults);
        sum.in.from(zip.out);
        FaultyNodes.Keep keep = new FaultyNodes.Keep(faults);
        keep.in.from(sum.out);
        return Pipeline.of(List.of(Subscription.every(sum.out)), List.of(keep));
    }
}
