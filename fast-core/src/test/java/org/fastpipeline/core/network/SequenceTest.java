// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.stream.SlidingWindow;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Networks over time, and images that are fed to them as a batch or a sequence.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SequenceTest {
    private static final ImageSpec PIXEL = ImageSpec.of(1, 1, ChannelOrder.GREY, ElementType.U8);

    @Test
    @Tag("behaviour-130")
    void groupedImagesAreABatchInTheirOrder() {
        Net net = Net.same("NHWC", -1, 1, 1, 1);
        var tensors = new ImagesToTensor(net.load(), "image", ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(tensors);
                Images images = Images.of(
                        List.of(Pictures.grey(run.memory(), 1, 1, 7), Pictures.grey(run.memory(), 2, 1, 8, 10)))) {
            Tensor made = run.with(tensors.images, images).execute().get(tensors.tensor);
            assertThat(made.spec()).isEqualTo(TensorSpec.of("NHWC", ElementType.F32, 2, 1, 1, 1));
            assertThat(made.toFloats()).containsExactly(7, 9);
        }
    }

    @Test
    @Tag("behaviour-130")
    void framesOfABatchKeepTheirOrderAndTheirMetadata() {
        Net net = Net.same("NHWC", -1, 1, 1, 1);
        var network = new SegmentationNetwork(net.load(), ImageInput.PLAIN.withBatch(2));
        network.image.from(NumberedImages.places(5, PIXEL, 1).value);
        List<String> seen = new ArrayList<>();
        try (Run run = Pipeline.to(network.heatmap)
                .start(RunOptions.standard().withWorkers(1).withValidate(true))) {
            for (Frame frame : run) {
                long index = frame.metadata(network.heatmap).get(Metadata.INDEX).orElseThrow();
                seen.add(index + ":" + NumberedImages.text(frame.get(network.heatmap)));
            }
        }
        assertThat(seen).containsExactly("0:1", "1:2", "2:3", "3:4", "4:5");
        assertThat(net.specs.stream().map(in -> in.getFirst().sizes().get(0))).contains(2L);
    }

    /// A network over time: steps of one pixel; 10 values, per step if it gives a sequence.
    private static LoadedModel overTime(long steps, boolean sequence) {
        return Net.of(
                        Net.port("image", "NTHWC", -1, steps, 1, 1, 1),
                        sequence ? Net.port("scores", "NTC", -1, -1, 10) : Net.port("scores", "NC", -1, 10),
                        in -> {
                            long count = in.getFirst().spec().sizes().get(1);
                            float[] values = new float[Math.toIntExact(sequence ? 10 * count : 10)];
                            for (int i = 0; i < values.length; i++) {
                                values[i] = in.getFirst().floatAt(i * count / values.length);
                            }
                            return List.of(sequence ? Net.given(values, 1, count, 10) : Net.given(values, 1, 10));
                        })
                .load();
    }

    private static NeuralNetwork windowed(LoadedModel model, int window, int frames) {
        var windows = new SlidingWindow<>(Image.class, window, Images.class, Images::of);
        windows.frames.from(NumberedImages.places(frames, PIXEL, 1).value);
        var tensors = new ImagesToTensor(model, "image", ImageInput.PLAIN);
        tensors.images.from(windows.window);
        var network = new NeuralNetwork(model);
        network.input("image").from(tensors.tensor);
        return network;
    }

    private static String steps(String each) {
        StringBuilder text = new StringBuilder();
        for (String step : each.split("", -1)) {
            text.append((step + " ").repeat(step.isEmpty() ? 0 : 10));
        }
        return text.toString().strip();
    }

    @Test
    @Tag("behaviour-133")
    void imagesAreFedAsASequenceToANetworkOverTime() {
        for (boolean sequence : new boolean[] {false, true}) {
            LoadedModel model = overTime(3, sequence);
            var tensors = new ImagesToTensor(model, "image", ImageInput.PLAIN);
            var network = new NeuralNetwork(model);
            try (NodeRun first = NodeRun.of(tensors);
                    NodeRun second = NodeRun.of(network);
                    Images images = Images.of(List.of(
                            Pictures.grey(first.memory(), 1, 1, 1),
                            Pictures.grey(first.memory(), 1, 1, 2),
                            Pictures.grey(first.memory(), 1, 1, 3)))) {
                Tensor tensor = first.with(tensors.images, images).execute().get(tensors.tensor);
                Tensor given =
                        second.with(network.input("image"), tensor).execute().get(network.output("scores"));
                assertThat(given.spec())
                        .isEqualTo(
                                sequence
                                        ? TensorSpec.of("TC", ElementType.F32, 3, 10)
                                        : TensorSpec.of("C", ElementType.F32, 10));
            }
        }
    }

    @Test
    @Tag("behaviour-133")
    void anotherNumberOfStepsThanTheNetworkHasIsRefused() {
        var tensors = new ImagesToTensor(overTime(4, true), "image", ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(tensors);
                Images images = Images.of(List.of(Pictures.grey(run.memory(), 1, 1, 1)))) {
            assertThatThrownBy(() -> run.with(tensors.images, images).execute())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("met 1 images, that is T=1; needed T=4");
        }
    }

    @Test
    @Tag("behaviour-134")
    void aWindowOverTimeIsFedFromTheFirstImageOn() {
        NeuralNetwork network = windowed(overTime(-1, true), 3, 4);
        assertThat(NumberedImages.all(network.output("scores")))
                .containsExactly(steps("111"), steps("112"), steps("123"), steps("234"));
        assertThatThrownBy(() -> new SlidingWindow<>(Image.class, 0, Images.class, Images::of))
                .isInstanceOf(ParameterException.class);
    }
}
