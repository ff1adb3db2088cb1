// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManySessionsTest {
    private static final int CALLS = 24;
    private static final int LARGEST = 45;

    private final Engines engines = Engines.of(new TensorFlowEngine());

    @TempDir
    Path folder;

    private float[] scores(LoadedModel model, int items) throws InterruptedException {
        try (MemoryPool pool = new MemoryPool(1 << 24, true)) {
            Allocator memory = bytes -> pool.allocate(bytes, "test");
            TensorSpec spec = TensorSpec.of("NHWC", ElementType.F32, items, 16, 16, 2);
            try (Tensor images = Tensor.of(spec, memory, Convolutions.image(items, 16));
                    Tensor scores = model.run(List.of(images), (_, shape) -> Tensor.allocate(shape, memory))
                            .getFirst()) {
                return scores.toFloats();
            }
        }
    }

    private List<float[]> scores(ModelSource source, int sessions, int callers) throws Exception {
        try (LoadedModel model = engines.load(source, EngineWish.parse("tensorflow"), new EngineOptions(sessions, 1));
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
        ModelSource source = TestModels.convolution(folder);
        List<float[]> alone = scores(source, 1, 1);
        int[][] sessionsAndCallers = {{2, 2}, {4, 4}, {8, 8}, {2, 8}, {1, 4}};
        for (int[] pair : sessionsAndCallers) {
            List<float[]> together = scores(source, pair[0], pair[1]);
            for (int call = 0; call < CALLS; call++) {
                assertThat(together.get(call)).isEqualTo(alone.get(call));
            }
        }
    }
}
