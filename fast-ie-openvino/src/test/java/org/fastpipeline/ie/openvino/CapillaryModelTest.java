// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.ie.tensorflow.TensorFlowEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The model that the project ships, beside TensorFlow, which made it.
final class CapillaryModelTest {
    private static final Path FOLDER = Path.of("..", "models", "capillary");
    private static final int ITEMS = 5;

    private final MemoryPool pool;

    CapillaryModelTest(MemoryPool pool) {
        this.pool = pool;
    }

    @BeforeAll
    static void start() {
        TestModels.start();
    }

    private float[] scores(InferenceEngine engine, ModelDescriptor descriptor) throws InterruptedException {
        EngineWish wish = EngineWish.parse(engine.name());
        try (LoadedModel model = Engines.of(engine).load(descriptor, wish, new EngineOptions(1, 1));
                Tensor crops = Tensor.allocate(descriptor.input().withFirst(ITEMS), TestModels.memory(pool))) {
            for (long i = 0; i < crops.spec().elements(); i++) {
                crops.writableElements().setAtIndex(ValueLayout.JAVA_FLOAT, i, i * i % 251 / 250f);
            }
            try (Tensor scores = model.run(List.of(crops), (_, spec) -> Tensor.allocate(spec, TestModels.memory(pool)))
                    .getFirst()) {
                return scores.toFloats();
            }
        }
    }

    @Test
    void theShippedModelGivesWhatTensorFlowGives() throws InterruptedException {
        assumeTrue(Files.exists(FOLDER.resolve("model.properties")), "models/capillary is not there");
        InferenceEngine tensorFlow = new TensorFlowEngine();
        assumeTrue(tensorFlow.probe() instanceof Availability.Available, "TensorFlow is not there");
        ModelDescriptor descriptor = ModelDescriptor.read(FOLDER);
        float[] expected = scores(tensorFlow, descriptor);
        float[] met = scores(TestModels.engine(), descriptor);
        assertThat(met).hasSize(2 * ITEMS);
        for (int i = 0; i < met.length; i++) {
            assertThat((double) met[i]).isCloseTo(expected[i], within(1e-5));
        }
    }

    @Test
    void aSavedModelsPortsGoByTheNamesOfItsSignature() {
        TensorSpec crops = ModelDescriptor.read(FOLDER).input();
        try (LoadedModel model = Engines.of(TestModels.engine())
                .load(ModelDescriptor.read(FOLDER), EngineWish.parse("openvino"), new EngineOptions(1, 1))) {
            assertThat(model.inputs().getFirst().name()).isEqualTo("crops");
            assertThat(model.inputs().getFirst().spec()).isEqualTo(crops);
            assertThat(model.outputs().getFirst().name()).isEqualTo("scores");
        }
    }
}
