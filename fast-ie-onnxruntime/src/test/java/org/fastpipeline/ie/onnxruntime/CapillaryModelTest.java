// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;

/// The model that the project ships, as an ONNX file; `models/capillary/training/to_onnx.py` checks its values.
final class CapillaryModelTest {
    private static final Path FILE = Path.of("..", "models", "capillary", "capillary.onnx");
    private static final int CROPS = 3;

    @Test
    void theShippedNetworkTakesCropsAndGivesProbabilities(MemoryPool pool) {
        assumeTrue(Files.exists(FILE), "models/capillary is not there");
        Allocator memory = bytes -> pool.allocate(bytes, "test");
        try (Model model =
                        new OnnxRuntimeEngine().load(ModelSource.of(FILE, ModelFormat.ONNX), new EngineOptions(1, 1));
                Session session = model.openSession();
                Tensor crops = crops(memory)) {
            assertThat(model.inputs())
                    .containsExactly(new Model.Port("crops", TensorSpec.of("NHWC", ElementType.F32, -1, 50, 50, 3)));
            assertThat(model.outputs())
                    .containsExactly(new Model.Port("scores", TensorSpec.of("NC", ElementType.F32, -1, 2)));
            try (Tensor scores = session.run(List.of(crops), (_, spec) -> Tensor.allocate(spec, memory))
                    .getFirst()) {
                for (int crop = 0; crop < CROPS; crop++) {
                    assertThat(scores.floatAt(2L * crop) + scores.floatAt(2L * crop + 1))
                            .isBetween(0.99999f, 1.00001f);
                }
            }
        }
    }

    private static Tensor crops(Allocator memory) {
        TensorSpec spec = TensorSpec.of("NHWC", ElementType.F32, CROPS, 50, 50, 3);
        float[] values = new float[(int) spec.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 37 % 256) / 255f;
        }
        return Tensor.of(spec, memory, values);
    }
}
