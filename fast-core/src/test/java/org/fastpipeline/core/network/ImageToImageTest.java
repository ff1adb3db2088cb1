// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Networks that make images of images.
class ImageToImageTest {
    private static final ImageInput UNIT = ImageInput.PLAIN.with(new Preprocessing(0, 255, 0, 1, 1 / 255.0, false));

    /// Gives half of what it reads.
    private static Net halving(long... sizes) {
        return Net.of(Net.port("image", "NHWC", sizes), Net.port("half", "NHWC", sizes), in -> {
            float[] values = in.getFirst().toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] /= 2;
            }
            return List.of(Net.given(values, in.getFirst().spec().sizes().toArray()));
        });
    }

    private static ImageToImage node(ImageInput input) {
        return new ImageToImage(halving(-1, 1, 2, 1).load(), input);
    }

    private static float[] made(NodeRun run, ImageToImage node) {
        return Pictures.samples(run.with(node.image, Pictures.grey(run.memory(), 2, 1, 100, 200))
                .execute()
                .get(node.result));
    }

    @Test
    @Tag("behaviour-152")
    void aResidualIsAddedToWhatTheNetworkReads() {
        ImageToImage node = node(ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(made(run, node)).containsExactly(50, 100);
            run.with(node.residual, true);
            assertThat(made(run, node)).containsExactly(150, 300);
        }
    }

    @Test
    @Tag("behaviour-152")
    void theNetworkIsRunOnItsOwnResultAsOftenAsAsked() {
        ImageToImage node = node(ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.passes, 3);
            assertThat(made(run, node)).containsExactly(12.5f, 25);
            run.with(node.residual, true).with(node.passes, 2);
            assertThat(made(run, node)).containsExactly(225, 450);
        }
    }

    @Test
    @Tag("behaviour-152")
    void valuesAreClippedOrSqueezedToZeroToOne() {
        ImageToImage node = node(ImageInput.PLAIN.with(new Preprocessing(0, 255, 120, 128, 1, false)));
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(made(run, node)).containsExactly(-0.078125f, 0.3125f);
            run.with(node.range, ImageToImage.Range.CLIP);
            assertThat(made(run, node)).containsExactly(0, 0.3125f);
            run.with(node.range, ImageToImage.Range.SQUEEZE);
            assertThat(made(run, node)).containsExactly(0, 1);
        }
    }

    @Test
    @Tag("behaviour-152")
    void aCastResultHasTheTypeAndTheValuesOfTheImageWhichStaysAsItIs() {
        ImageToImage node = node(UNIT);
        try (NodeRun run = NodeRun.of(node)) {
            Image image = Pictures.grey(run.memory(), 2, 1, 100, 201);
            run.with(node.cast, true).with(node.image, image);
            Image result = run.execute().get(node.result);
            assertThat(result.spec()).isEqualTo(image.spec());
            assertThat(Pictures.labels(result)).containsExactly(50, 101);
            assertThat(Pictures.labels(image)).containsExactly(100, 201);
        }
    }

    @Test
    @Tag("behaviour-152")
    void aDisabledNodeLetsImagesPass() {
        ImageToImage node = node(UNIT);
        try (NodeRun run = NodeRun.of(node)) {
            Image image = Pictures.grey(run.memory(), 2, 1, 100, 200);
            NodeResult result =
                    run.with(node.enabled, false).with(node.image, image).execute();
            assertThat(result.get(node.result).address()).isEqualTo(image.address());
        }
    }

    @Test
    @Tag("behaviour-151")
    void aResultReturnsToTheSizeOfItsImageLinearly() {
        ImageToImage node = node(ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, Pictures.grey(run.memory(), 4, 2, 0, 0, 80, 80, 0, 0, 80, 80))
                    .with(node.originalSize, true);
            Image result = run.execute().get(node.result);
            assertThat(result.spec().toString()).isEqualTo("4 x 2 GREY F32");
            assertThat(Pictures.samples(result)).containsExactly(0, 10, 30, 40, 0, 10, 30, 40);
        }
    }

    @Test
    void aNetworkThatGivesAnotherSizeCannotBeRunOnItsResult() {
        Net net = Net.of(
                Net.port("image", "NHWC", -1, 1, 2, 1),
                Net.port("half", "NHWC", -1, 1, 1, 1),
                in -> List.of(Net.given(Net.floats(1), 1, 1, 1, 1)));
        var node = new ImageToImage(net.load(), ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(made(run, node)).containsExactly(1);
            run.with(node.passes, 2);
            assertThatThrownBy(run::execute)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("needed F32 of the same sizes");
        }
    }

    /// A network over time that gives the difference of two images, along x and y alike.
    @Test
    @Tag("behaviour-153")
    void twoFramesGiveAFlowOfTwoChannels() {
        Net net = Net.of(Net.port("images", "NTHWC", -1, 2, 1, 2, 1), Net.port("flow", "NHWC", -1, 1, 2, 2), in -> {
            float[] read = in.getFirst().toFloats();
            return List.of(Net.given(Net.floats(read[2] - read[0], 0, read[3] - read[1], 0), 1, 1, 2, 2));
        });
        var tensors = new ImagesToTensor(net.load(), "images", ImageInput.PLAIN);
        var network = new NeuralNetwork(net.load());
        var flow = new TensorToImage();
        try (NodeRun first = NodeRun.of(tensors);
                NodeRun second = NodeRun.of(network);
                NodeRun third = NodeRun.of(flow);
                Images images = Images.of(List.of(
                        Pictures.grey(first.memory(), 2, 1, 1, 2), Pictures.grey(first.memory(), 2, 1, 5, 9)))) {
            Tensor read = first.with(tensors.images, images).execute().get(tensors.tensor);
            Tensor given = second.with(network.input("images"), read).execute().get(network.output("flow"));
            Image image = third.with(flow.tensor, given).execute().get(flow.image);
            assertThat(image.spec()).isEqualTo(ImageSpec.of(2, 1, ChannelOrder.XY, ElementType.F32));
            assertThat(Pictures.samples(image)).containsExactly(4, 0, 7, 0);
        }
    }
}
