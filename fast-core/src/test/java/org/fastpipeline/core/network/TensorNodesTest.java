// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Labels and images of tensors.
class TensorNodesTest {
    private static Tensor pixels(NodeRun run, int channels, float... values) {
        return Tensor.of(
                TensorSpec.of("HWC", ElementType.F32, 1, values.length / channels, channels), run.memory(), values);
    }

    private static int[] labels(TensorToSegmentation node, int channels, float... values) {
        try (NodeRun run = NodeRun.of(node)) {
            return Pictures.labels(run.with(node.tensor, pixels(run, channels, values))
                    .execute()
                    .get(node.segmentation));
        }
    }

    @Test
    @Tag("behaviour-154")
    void theLabelIsTheHighestClassAboveTheThreshold() {
        assertThat(labels(new TensorToSegmentation(), 3, 0, 0.6f, 0.7f, 0, 0.8f, 0.7f, 0, 0.5f, 0.4f))
                .containsExactly(2, 1, 0);
    }

    @Test
    @Tag("behaviour-154")
    void aClassMustReachTheBackgroundAndTheLastOfEqualOnesWins() {
        assertThat(labels(new TensorToSegmentation(), 3, 0.9f, 0.8f, 0, 0.8f, 0.8f, 0, 0, 0.7f, 0.7f))
                .containsExactly(0, 1, 2);
    }

    @Test
    @Tag("behaviour-154")
    void labelsAreBytesInThePlaceOfTheTensor() {
        var node = new TensorToSegmentation();
        try (NodeRun run = NodeRun.of(node)) {
            Geometry place = Geometry.UNIT.withSpacing(new Vector3(0.5, 0.25, 1));
            Tensor tensor = Tensor.allocate(TensorSpec.of("HWC", ElementType.F32, 2, 3, 2), place, run.memory());
            tensor.writableElements().fill((byte) 0);
            Image labels = run.with(node.tensor, tensor).execute().get(node.segmentation);
            assertThat(labels.spec().type()).isEqualTo(ElementType.U8);
            assertThat(labels.spec().geometry()).isEqualTo(place);
        }
    }

    @Test
    @Tag("behaviour-155")
    void withoutABackgroundLabelsBeginWithOneAndOneChannelIsOverTheThresholdOrNot() {
        var node = new TensorToSegmentation();
        node.background.set(false);
        assertThat(labels(node, 2, 0.9f, 0.1f, 0.1f, 0.9f, 0.2f, 0.2f)).containsExactly(1, 2, 0);
        assertThat(labels(new TensorToSegmentation(), 1, 0.5f, 0.51f)).containsExactly(0, 1);
    }

    @Test
    @Tag("behaviour-156")
    void ignoredClassesAreNeverChosenAndLeaveNoGap() {
        assertThat(labels(new TensorToSegmentation(ImmutableSet.of(1)), 4, 0, 0.9f, 0.6f, 0, 0, 0.9f, 0, 0.7f))
                .containsExactly(1, 2);
    }

    @Test
    @Tag("behaviour-157")
    void volumesAreLabelled() {
        var node = new TensorToSegmentation();
        try (NodeRun run = NodeRun.of(node)) {
            Tensor tensor =
                    Tensor.of(TensorSpec.of("DHWC", ElementType.F32, 2, 1, 1, 2), run.memory(), 0, 0.9f, 0.9f, 0);
            Image labels = run.with(node.tensor, tensor).execute().get(node.segmentation);
            assertThat(labels.spec().depth()).isEqualTo(2);
            assertThat(Pictures.labels(labels)).containsExactly(1, 0);
        }
    }

    @Test
    @Tag("behaviour-157")
    void moreThan255ClassesGiveWiderLabels() {
        float[] values = new float[301];
        values[300] = 1;
        var node = new TensorToSegmentation();
        try (NodeRun run = NodeRun.of(node)) {
            Image labels =
                    run.with(node.tensor, pixels(run, 301, values)).execute().get(node.segmentation);
            assertThat(labels.spec().type()).isEqualTo(ElementType.U16);
            assertThat(Pictures.labels(labels)).containsExactly(300);
        }
    }

    @Test
    void aTensorWithoutRowsIsRefused() {
        var node = new TensorToSegmentation();
        try (NodeRun run = NodeRun.of(node)) {
            Tensor vector = Tensor.of(TensorSpec.of("C", ElementType.F32, 2), run.memory(), 1, 2);
            assertThatThrownBy(() -> run.with(node.tensor, vector).execute())
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("tensorToSegmentation.tensor, frame")
                    .hasMessageContaining("met a tensor F32(C=2); needed one of rows and columns");
        }
    }

    private static Image image(NodeRun run, TensorToImage node, Tensor tensor) {
        return run.with(node.tensor, tensor).execute().get(node.image);
    }

    @Test
    @Tag("behaviour-158")
    void allChannelsAreAnImageWithoutACopy() {
        var node = new TensorToImage();
        try (NodeRun run = NodeRun.of(node)) {
            Tensor tensor = pixels(run, 2, 1, 2, 3, 4);
            Image image = image(run, node, tensor);
            assertThat(image.spec().channels()).isEqualTo(ChannelOrder.XY);
            assertThat(image.address()).isEqualTo(tensor.address());
            assertThat(Pictures.samples(image)).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    @Tag("behaviour-158")
    void pickedChannelsAreInterleavedInTheOrderPicked() {
        var node = new TensorToImage(ImmutableList.of(3, 0, 1));
        try (NodeRun run = NodeRun.of(node)) {
            Image image = image(run, node, pixels(run, 4, 0, 1, 2, 3, 10, 11, 12, 13));
            assertThat(image.spec().toString()).isEqualTo("2 x 1 RGB F32");
            assertThat(Pictures.samples(image)).containsExactly(3, 0, 1, 13, 10, 11);
        }
    }

    @Test
    @Tag("behaviour-158")
    void channelsOfAVolumeAreAVolume() {
        var node = new TensorToImage(ImmutableList.of(1));
        try (NodeRun run = NodeRun.of(node)) {
            Tensor tensor = Tensor.of(TensorSpec.of("DHWC", ElementType.F32, 2, 1, 1, 2), run.memory(), 1, 2, 3, 4);
            Image image = image(run, node, tensor);
            assertThat(image.spec().toString()).isEqualTo("1 x 1 x 2 GREY F32");
            assertThat(Pictures.samples(image)).containsExactly(2, 4);
        }
    }

    @Test
    void channelsThatAreNotThereAndTooManyAreRefused() {
        var missing = new TensorToImage(ImmutableList.of(2));
        try (NodeRun run = NodeRun.of(missing)) {
            Tensor tensor = pixels(run, 2, 1, 2);
            assertThatThrownBy(() -> image(run, missing, tensor))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("for channel 2; needed one of 0 to 1");
        }
        var many = new TensorToImage();
        try (NodeRun run = NodeRun.of(many)) {
            Tensor tensor = pixels(run, 5, 1, 2, 3, 4, 5);
            assertThatThrownBy(() -> image(run, many, tensor))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met 5 channels; needed 1 to 4");
        }
    }
}
