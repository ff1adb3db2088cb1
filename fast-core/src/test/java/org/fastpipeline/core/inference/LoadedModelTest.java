// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;

final class LoadedModelTest {
    private static final long CAP = 1 << 20;

    private static LoadedModel load(FakeEngine engine, int sessions) {
        return Engines.of(engine)
                .load(
                        ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX),
                        EngineWish.parse("auto"),
                        new EngineOptions(sessions, 1));
    }

    private static FakeEngine engine() {
        return FakeEngine.of("fake", ModelFormat.ONNX);
    }

    private static float[] run(LoadedModel model, float... pair) throws InterruptedException {
        try (MemoryPool pool = new MemoryPool(CAP, true);
                Tensor input = Tensor.of(FakeEngine.PAIRS.withFirst(1), bytes -> pool.allocate(bytes, "in"), pair);
                Tensor output = model.run(
                                List.of(input),
                                (_, spec) -> Tensor.allocate(spec, bytes -> pool.allocate(bytes, "out")))
                        .getFirst()) {
            return output.toFloats();
        }
    }

    @Test
    void oneSessionIsOpenedWhenNeededAndUsedAgain() throws InterruptedException {
        FakeEngine engine = engine();
        try (LoadedModel model = load(engine, 4)) {
            assertThat(engine.events()).containsExactly("load");
            assertThat(run(model, 1, 2)).containsExactly(2, 4);
            assertThat(run(model, 3, 4)).containsExactly(6, 8);
            assertThat(engine.events()).containsExactly("load", "open");
        }
        assertThat(engine.events()).containsExactly("load", "open", "close session", "close model");
    }

    @Test
    void sessionsRunAtOnceUpToTheirNumberAndEachHasOneUserAtATime() throws Exception {
        int sessions = 3;
        CyclicBarrier allIn = new CyclicBarrier(sessions);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FakeEngine engine = engine().running(() -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                allIn.await(30, TimeUnit.SECONDS);
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            } finally {
                inside.decrementAndGet();
            }
        });
        try (LoadedModel model = load(engine, sessions);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<float[]>> calls = new ArrayList<>();
            for (int i = 0; i < 4 * sessions; i++) {
                calls.add(() -> run(model, 1, 1));
            }
            for (Future<float[]> result : threads.invokeAll(calls)) {
                assertThat(result.get()).containsExactly(2, 2);
            }
        }
        assertThat(most).hasValue(sessions);
        assertThat(engine.events().stream().filter("open"::equals)).hasSize(sessions);
        assertThat(engine.events().stream().filter("close session"::equals)).hasSize(sessions);
        assertThat(engine.events()).endsWith("close model");
    }

    @Test
    void closingWaitsForNobodyAndTheModelGoesWithTheLastCall() throws Exception {
        Semaphore entered = new Semaphore(0);
        Semaphore leave = new Semaphore(0);
        FakeEngine engine = engine().running(() -> {
            entered.release();
            leave.acquireUninterruptibly();
        });
        LoadedModel model = load(engine, 2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<float[]> call = threads.submit(() -> run(model, 1, 2));
            entered.acquire();
            model.close();
            assertThat(engine.events()).containsExactly("load", "open");
            assertThatThrownBy(() -> run(model, 1, 2))
                    .isInstanceOf(ReleasedException.class)
                    .hasMessageContaining("net.onnx");
            leave.release();
            assertThat(call.get()).containsExactly(2, 4);
        }
        assertThat(engine.events()).containsExactly("load", "open", "close session", "close model");
        model.close();
        assertThat(engine.events()).hasSize(4);
    }

    @Test
    void aSessionSurvivesAnUnfitInputButNotABrokenCall() throws InterruptedException {
        List<RuntimeException> failures = new ArrayList<>(List.of(
                new ModelException("net", "met another shape", "Correct it", null),
                new IllegalStateException("crash")));
        FakeEngine engine = engine().running(() -> {
            if (!failures.isEmpty()) {
                throw failures.removeFirst();
            }
        });
        try (LoadedModel model = load(engine, 1)) {
            assertThatThrownBy(() -> run(model, 1, 2)).isInstanceOf(ModelException.class);
            assertThat(engine.events()).containsExactly("load", "open");
            assertThatThrownBy(() -> run(model, 1, 2)).isInstanceOf(IllegalStateException.class);
            assertThat(engine.events()).containsExactly("load", "open", "close session");
            assertThat(run(model, 1, 2)).containsExactly(2, 4);
            assertThat(engine.events()).containsExactly("load", "open", "close session", "open");
        }
    }

    @Test
    void whatCannotBeClosedIsToldWithAllElseClosed() throws Exception {
        CyclicBarrier bothIn = new CyclicBarrier(2);
        FakeEngine engine = engine().running(() -> {
                    try {
                        bothIn.await(30, TimeUnit.SECONDS);
                    } catch (Exception broken) {
                        throw new IllegalStateException(broken);
                    }
                })
                .closing(() -> {
                    throw new IllegalStateException("stuck");
                });
        LoadedModel model = load(engine, 2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<float[]> call = () -> run(model, 1, 2);
            for (Future<float[]> result : threads.invokeAll(List.of(call, call))) {
                assertThat(result.get()).containsExactly(2, 4);
            }
        }
        assertThatThrownBy(model::close)
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "engine fake: failed to close a session of net.onnx: java.lang.IllegalStateException: stuck."
                                + " What was computed before is whole; look for a newer version of the engine's plugin")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
        assertThat(engine.events())
                .containsExactly("load", "open", "open", "close session", "close session", "close model");
    }

    @Test
    void brokenCallIsToldEvenIfItsSessionCannotBeClosed() {
        FakeEngine engine = engine().running(() -> {
                    throw new IllegalStateException("crash");
                })
                .closing(() -> {
                    throw new IllegalStateException("stuck");
                });
        LoadedModel model = load(engine, 1);
        assertThatThrownBy(() -> run(model, 1, 2))
                .hasMessage("crash")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThatThrownBy(model::close).hasMessageContaining("failed to close the model of net.onnx");
    }
}
