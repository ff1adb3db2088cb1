// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;

/// A classifier that reads two images at once, and gives their two elements as scores.
final class FixedBatchTest {
    private final Net net = Net.of(
            Net.port("images", "NHWC", 2, 1, 2, 1),
            Net.port("scores", "NC", -1, 2),
            in -> List.of(Net.given(in.getFirst().toFloats(), 2, 2)));
    private final ImageClassification node =
            new ImageClassification(net.load(), Preprocessing.NONE, ImmutableList.of("other", "capillary"));

    private static Tensor images(NodeRun run, float... values) {
        TensorSpec spec = TensorSpec.of("NHWC", ElementType.F32, values.length / 2, 1, 2, 1);
        return Tensor.of(spec, run.memory(), values);
    }

    @Test
    void aBatchIsReadInGroupsAndTheScoresOfWhatFillsTheLastAreDropped() {
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result =
                    run.with(node.batch, images(run, 1, 2, 3, 4, 5, 6)).execute();

            Scores scores = result.get(node.scores);
            assertThat(scores.items()).isEqualTo(3);
            assertThat(scores.score(0, 0)).isEqualTo(1);
            assertThat(scores.score(1, 1)).isEqualTo(4);
            assertThat(scores.score(2, 1)).isEqualTo(6);
            assertThat(net.seen).containsExactly(Net.floats(1, 2, 3, 4), Net.floats(5, 6, 0, 0));
            assertThat(result.times()).containsOnlyKeys("input", "inference", "output");
        }
    }

    @Test
    void aBatchOfJustThatSizeIsReadInPlace() {
        try (NodeRun run = NodeRun.of(node)) {
            Tensor batch = images(run, 1, 2, 3, 4);
            run.with(node.batch, batch).execute();

            assertThat(net.addresses).containsExactly(batch.address());
        }
    }

    @Test
    void anEmptyBatchAsksTheEngineNothing() {
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(run.with(node.batch, images(run))
                            .execute()
                            .get(node.scores)
                            .items())
                    .isZero();
            assertThat(net.seen).isEmpty();
        }
    }
}
