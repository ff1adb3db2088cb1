// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ManySessionsTest {
    private static final int CALLS = 24;
    private static final int LARGEST = 9;
    private static final int SIDE = 12;

    private final Engines engines = Engines.of(TestModels.engine());

    @BeforeAll
    static void start() {
        TestModels.start();
    }

    private static float[] scores(LoadedModel model, int items) throws InterruptedException {
        try (MemoryPool pool = new MemoryPool(1 << 24, true)) {
            float[] values = TestModels.numbers(items * 2 * SIDE * SIDE);
            try (Tensor images = TestModels.tensor(pool, "NCHW", values, items, 2, SIDE, SIDE);
                    Tensor scores = model.run(
                                    List.of(images), (_, spec) -> Tensor.allocate(spec, TestModels.memory(pool)))
                            .getFirst()) {
                return scores.toFloats();
            }
        }
    }

    private List<float[]> scores(ModelSource source, EngineOptions options, int callers) throws Exception {
        try (LoadedModel model = engines.load(source, EngineWish.parse("openvino"), options);
                ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<float[]>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                int items = 1 + call * 7 % LARGEST;
                calls.add(() -> scores(model, items));
            }
            List<float[]> results = new ArrayList<>();
            for (Future<float[]> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }

    @Test
    void resultsAreTheSameBytesForAnyNumberOfCallersAndSessions() throws Exception {
        ModelSource source = TestModels.convolution(-1, SIDE, SIDE);
        List<float[]> alone = scores(source, new EngineOptions(1, 1), 1);
        int[][] sessionsAndCallers = {{2, 2}, {4, 4}, {8, 8}, {2, 8}, {1, 4}};
        for (int[] pair : sessionsAndCallers) {
            List<float[]> together = scores(source, new EngineOptions(pair[0], 1), pair[1]);
            for (int call = 0; call < CALLS; call++) {
                assertThat(together.get(call)).isEqualTo(alone.get(call));
            }
        }
    }

    @Test
    void smallModelsAreCompiledForEachSessionSoThatTheyComputeOnTheCallersThread() {
        ModelSource source = TestModels.convolution(-1, SIDE, SIDE);
        try (OpenVinoModel model = (OpenVinoModel) TestModels.engine().load(source, new EngineOptions(2, 1))) {
            assertThat(model.properties("NUM_STREAMS")).containsExactly("1", "1");
            assertThat(model.properties("INFERENCE_NUM_THREADS")).containsExactly("1", "1");
            assertThat(model.properties("ENABLE_CPU_PINNING")).containsExactly("NO", "NO");
        }
    }

    @Test
    void sessionsOfSeveralThreadsShareOneCompiledModelWithAStreamForEach() {
        ModelSource source = TestModels.convolution(-1, SIDE, SIDE);
        try (OpenVinoModel model = (OpenVinoModel) TestModels.engine().load(source, new EngineOptions(2, 2))) {
            assertThat(model.properties("NUM_STREAMS")).containsExactly("2");
        }
    }
}
