// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.network.ImageClassification;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;

/// The model that the project ships, from its folder to its scores.
final class CapillaryModelTest {
    private static final Path FOLDER = Path.of("..", "models", "capillary");

    @Test
    void theShippedModelIsWhatItsDescriptionSaysAndGivesProbabilities() {
        assumeTrue(Files.exists(FOLDER.resolve("model.properties")), "models/capillary is not there");
        ModelDescriptor descriptor = ModelDescriptor.read(FOLDER);
        Engines engines = Engines.of(new TensorFlowEngine());
        try (LoadedModel model = engines.load(descriptor, EngineWish.parse("auto"), new EngineOptions(1, 1))) {
            var node = new ImageClassification(model, descriptor);
            try (NodeRun run = NodeRun.of(node)) {
                TensorSpec spec = descriptor.input().withFirst(3);
                Tensor crops = Tensor.allocate(new TensorSpec(spec.axes(), spec.sizes(), ElementType.U8), run.memory());
                for (long i = 0; i < crops.spec().elements(); i++) {
                    crops.writableElements().set(ValueLayout.JAVA_BYTE, i, (byte) (i * i % 251));
                }
                NodeResult result = run.with(node.batch, crops).execute();
                Scores scores = result.get(node.scores);
                assertThat(scores.items()).isEqualTo(3);
                for (int item = 0; item < 3; item++) {
                    assertThat(scores.score(item, 0) + scores.score(item, 1)).isBetween(0.99999, 1.00001);
                }
            }
        }
    }
}
