// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Networks of tensors, and the tensors that images become for them.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class NeuralNetworkTest {
    private static Tensor vector(NodeRun run, float... values) {
        return Tensor.of(TensorSpec.of("C", ElementType.F32, values.length), run.memory(), values);
    }

    private static Tensor batch(NodeRun run, int items, float... values) {
        return Tensor.of(TensorSpec.of("NC", ElementType.F32, items, values.length / items), run.memory(), values);
    }

    private static float[] sum(Tensor one, Tensor other) {
        float[] sum = one.toFloats();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.floatAt(i);
        }
        return sum;
    }

    /// Two inputs, their sum.
    private static LoadedModel adding() {
        return Net.of(
                        List.of(Net.port("a", "NC", -1, 6), Net.port("b", "NC", -1, 6)),
                        List.of(Net.port("sum", "NC", -1, 6)),
                        in -> List.of(Net.given(
                                sum(in.get(0), in.get(1)),
                                in.get(0).spec().sizes().get(0),
                                6)))
                .load();
    }

    @Test
    @Tag("behaviour-128")
    void aVolumeGivesATensor() {
        LoadedModel model = Net.of(
                        Net.port("image", "NDHWC", -1, 4, 2, 2, 1),
                        Net.port("scores", "NC", -1, 10),
                        in -> List.of(Net.given(new float[10], 1, 10)))
                .load();
        var tensors = new ImageToTensor(model, "image", ImageInput.PLAIN);
        var network = new NeuralNetwork(model);
        try (NodeRun first = NodeRun.of(tensors);
                NodeRun second = NodeRun.of(network)) {
            Image volume = Pictures.of(ImageSpec.volume(3, 3, 8, ChannelOrder.GREY, ElementType.I16), first.memory());
            Tensor tensor = first.with(tensors.image, volume).execute().get(tensors.tensor);
            NodeResult result = second.with(network.input("image"), tensor).execute();
            assertThat(result.get(network.output("scores")).spec()).isEqualTo(TensorSpec.of("C", ElementType.F32, 10));
        }
    }

    @Test
    @Tag("behaviour-129")
    void oneItemOnTwoInputsGivesOneWithoutABatch() {
        var network = new NeuralNetwork(adding());
        try (NodeRun run = NodeRun.of(network)) {
            Tensor same = vector(run, 1, 2, 3, 4, 5, 6);
            Tensor sum = run.with(network.input("a"), same)
                    .with(network.input("b"), same)
                    .execute()
                    .get(network.output("sum"));
            assertThat(sum.spec()).isEqualTo(TensorSpec.of("C", ElementType.F32, 6));
            assertThat(sum.toFloats()).containsExactly(2, 4, 6, 8, 10, 12);
        }
    }

    @Test
    @Tag("behaviour-129")
    void oneInputGivesTwoOutputs() {
        LoadedModel model = Net.of(
                        List.of(Net.port("image", "NHWC", -1, 1, 6, 1)),
                        List.of(Net.port("a", "NC", -1, 6), Net.port("b", "NC", -1, 6)),
                        in -> List.of(
                                Net.given(in.getFirst().toFloats(), 1, 6),
                                Net.given(sum(in.getFirst(), in.getFirst()), 1, 6)))
                .load();
        var tensors = new ImageToTensor(model, "image", ImageInput.PLAIN);
        var network = new NeuralNetwork(model);
        tensors.image.from(NumberedImages.places(1, ImageSpec.of(6, 1, ChannelOrder.GREY, ElementType.U8), 3).value);
        network.input("image").from(tensors.tensor);
        assertThat(NumberedImages.all(network.output("a"))).containsExactly("3 3 3 3 3 3");
        assertThat(NumberedImages.all(network.output("b"))).containsExactly("6 6 6 6 6 6");
    }

    @Test
    @Tag("behaviour-130")
    @Tag("behaviour-132")
    void aBatchOfTensorsGivesOneResultPerMemberInOrder() {
        var network = new NeuralNetwork(adding());
        try (NodeRun run = NodeRun.of(network)) {
            Tensor one = batch(run, 2, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2);
            Tensor sum = run.with(network.input("a"), one)
                    .with(network.input("b"), one)
                    .execute()
                    .get(network.output("sum"));
            assertThat(sum.spec()).isEqualTo(TensorSpec.of("NC", ElementType.F32, 2, 6));
            assertThat(NumberedImages.text(sum)).isEqualTo("2 2 2 2 2 2 4 4 4 4 4 4");
        }
    }

    @Test
    @Tag("behaviour-131")
    void batchesOfUnlikeSizeAreRefusedWithBoth() {
        var network = new NeuralNetwork(adding());
        try (NodeRun run = NodeRun.of(network)) {
            run.with(network.input("a"), batch(run, 2, new float[12]))
                    .with(network.input("b"), batch(run, 3, new float[18]));
            assertThatThrownBy(run::execute)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("met batches of 2 on input a and of 3 on input b");
        }
    }

    @Test
    @Tag("behaviour-144")
    void aTensorIsGivenAsItIsAndItsOwnMetadataGoesOn() {
        Net net = Net.same("NC", -1, 2);
        var network = new NeuralNetwork(net.load());
        try (NodeRun run = NodeRun.of(network)) {
            Tensor tensor = vector(run, 3, 4);
            run.with(network.input("image"), tensor).with(Metadata.INDEX, 7L);
            assertThat(run.execute().metadata().get(Metadata.INDEX)).contains(7L);
            run.with(Metadata.INDEX, 8L);
            assertThat(run.execute().metadata().get(Metadata.INDEX)).contains(8L);
            assertThat(net.addresses).containsOnly(tensor.address());
        }
    }

    @Test
    @Tag("behaviour-142")
    void imagesOfANetworkWithChannelsFirstComeWithChannelsLastAndScoresAsTheyAre() {
        LoadedModel model = Net.of(
                        List.of(Net.port("image", "NHWC", -1, 2, 1, 9)),
                        List.of(Net.port("image", "NHWC", -1, 2, 1, 9), Net.port("scores", "NC", -1, 2)),
                        in -> List.of(Net.given(in.getFirst()), Net.given(Net.floats(5, 6), 1, 2)))
                .load();
        var network = new NeuralNetwork(model, ImmutableMap.of(), Layout.GUESSED);
        try (NodeRun run = NodeRun.of(network)) {
            float[] values = new float[18];
            for (int i = 0; i < values.length; i++) {
                values[i] = i;
            }
            Tensor planes = Tensor.of(TensorSpec.of("CHW", ElementType.F32, 2, 1, 9), run.memory(), values);
            NodeResult result = run.with(network.inputs.getFirst(), planes).execute();
            Tensor pixels = result.get(network.outputs.getFirst());
            assertThat(pixels.spec()).isEqualTo(TensorSpec.of("HWC", ElementType.F32, 1, 9, 2));
            assertThat(NumberedImages.text(pixels)).startsWith("0 9 1 10 2 11").endsWith("8 17");
            assertThat(NumberedImages.text(result.get(network.outputs.getLast())))
                    .isEqualTo("5 6");
        }
    }

    @Test
    @Tag("behaviour-145")
    void anOutputOfHalfTheSizeHasTwiceTheSpacing() {
        LoadedModel model = Net.of(
                        Net.port("image", "NHWC", -1, 2, 4, 1),
                        Net.port("out", "NHWC", -1, 1, 2, 1),
                        in -> List.of(Net.given(Net.floats(1, 2), 1, 1, 2, 1)))
                .load();
        var network = new NeuralNetwork(model);
        try (NodeRun run = NodeRun.of(network)) {
            Geometry geometry = Geometry.UNIT.withSpacing(new Vector3(0.5, 0.25, 1));
            Tensor tensor = Tensor.allocate(TensorSpec.of("HWC", ElementType.F32, 2, 4, 1), geometry, run.memory());
            Tensor given = run.with(network.input("image"), tensor).execute().get(network.output("out"));
            assertThat(given.geometry().spacing()).isEqualTo(new Vector3(1, 0.5, 1));
        }
    }
}
