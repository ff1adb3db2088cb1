// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Networks that label pixels.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SegmentationNetworkTest {
    private static final ImageInput UNIT = ImageInput.PLAIN.with(new Preprocessing(0, 255, 0, 1, 1 / 255.0, false));

    /// One class, of which a pixel is the surer the brighter it is.
    private static SegmentationNetwork bright(long height, long width) {
        return new SegmentationNetwork(Net.same("NHWC", -1, height, width, 1).load(), UNIT);
    }

    @Test
    @Tag("behaviour-127")
    void anImageGivesALabelPerPixelInTheNetworksSize() {
        SegmentationNetwork node = bright(256, 256);
        try (NodeRun run = NodeRun.of(node)) {
            Image image = Pictures.of(
                    ImageSpec.of(512, 300, ChannelOrder.GREY, ElementType.U8), run.memory(), ramp(512 * 300));
            Image labels = run.with(node.image, image).execute().get(node.segmentation);
            assertThat(labels.spec().toString()).isEqualTo("256 x 256 GREY U8");
            assertThat(IntStream.of(Pictures.labels(labels)).sum()).isBetween(256 * 256 / 3, 256 * 256 * 2 / 3);
        }
    }

    private static int[] ramp(int samples) {
        return IntStream.range(0, samples)
                .map(at -> (int) (255L * at / samples))
                .toArray();
    }

    @Test
    @Tag("behaviour-137")
    void outputsAreMirroredBackWhenTheInputIsFlipped() {
        Net net = Net.same("NHWC", -1, 1, 3, 1);
        var node = new SegmentationNetwork(net.load(), ImageInput.PLAIN.with(Layout.CHANNEL_LAST));
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, Pictures.grey(run.memory(), 3, 1, 9, 0, 0)).with(node.flip, true);
            NodeResult result = run.execute();
            assertThat(net.seen.getFirst()).containsExactly(0, 0, 9);
            assertThat(Pictures.labels(result.get(node.segmentation))).containsExactly(1, 0, 0);
            assertThat(result.get(node.heatmap).toFloats()).containsExactly(9, 0, 0);
        }
    }

    @Test
    @Tag("behaviour-138")
    @Tag("behaviour-145")
    void labelsLieWhereTheImageDoesWithTheSpacingOfTheResizedImage() {
        SegmentationNetwork node = bright(2, 2);
        Geometry place = new Geometry(
                new Vector3(0.5, 0.25, 2),
                new Vector3(10, 20, 30),
                new Vector3(1, 0, 0),
                new Vector3(0, 1, 0),
                new Vector3(0, 0, 1));
        ImageSpec spec = ImageSpec.of(4, 6, ChannelOrder.GREY, ElementType.U8).with(place);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, Pictures.of(spec, run.memory(), ramp(24))).with(Metadata.INDEX, 3L);
            NodeResult result = run.execute();
            Geometry found = result.get(node.segmentation).spec().geometry();
            assertThat(found.spacing()).isEqualTo(new Vector3(1, 0.75, 2));
            assertThat(found.origin()).isEqualTo(new Vector3(10.25, 20.25, 30));
            assertThat(result.get(node.heatmap).geometry()).isEqualTo(found);
            assertThat(result.metadata().get(Metadata.INDEX)).contains(3L);
        }
    }

    /// The channels are the image, and the image upside down in its values.
    private static Net twoClasses(boolean channelFirst) {
        return Net.of(
                channelFirst ? Net.port("image", "NCHW", -1, 1, -1, -1) : Net.port("image", "NHWC", -1, -1, -1, 1),
                channelFirst ? Net.port("classes", "NHWC", -1, 2, -1, -1) : Net.port("classes", "NHWC", -1, -1, -1, 2),
                in -> {
                    TensorSpec spec = in.getFirst().spec();
                    int pixels = (int) spec.elements();
                    float[] values = new float[2 * pixels];
                    for (int i = 0; i < pixels; i++) {
                        float value = in.getFirst().floatAt(i);
                        values[channelFirst ? i : 2 * i] = value;
                        values[channelFirst ? i + pixels : 2 * i + 1] = 1 - value;
                    }
                    long height = spec.sizes().get(channelFirst ? 2 : 1);
                    long width = pixels / height;
                    return List.of(
                            channelFirst
                                    ? Net.given(values, 1, 2, height, width)
                                    : Net.given(values, 1, height, width, 2));
                });
    }

    @Test
    @Tag("behaviour-142")
    void aNetworkWithChannelsFirstGivesTheSameAsOneWithChannelsLast() {
        List<int[]> labels = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (boolean first : new boolean[] {false, true}) {
            var node = new SegmentationNetwork(twoClasses(first).load(), UNIT.with(Layout.DECLARED));
            try (NodeRun run = NodeRun.of(node)) {
                Image image = Pictures.grey(run.memory(), 3, 2, 255, 0, 51, 204, 102, 153);
                NodeResult result = run.with(node.image, image).execute();
                labels.add(Pictures.labels(result.get(node.segmentation)));
                values.add(result.get(node.heatmap).toFloats());
                assertThat(result.get(node.heatmap).spec()).isEqualTo(TensorSpec.of("HWC", ElementType.F32, 2, 3, 2));
            }
        }
        assertThat(labels.get(0)).containsExactly(0, 1, 1, 0, 1, 0).isEqualTo(labels.get(1));
        assertThat(values.get(0)).isEqualTo(values.get(1));
    }

    @Test
    @Tag("behaviour-143")
    void theNetworkRunsAtTheSizeOfEachImageWhereItsOwnIsOpen() {
        Net net = twoClasses(false);
        var node = new SegmentationNetwork(net.load(), UNIT);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, Pictures.grey(run.memory(), 3, 1, 1, 2, 3)).execute();
            Image labels = run.with(node.image, Pictures.grey(run.memory(), 2, 2, 1, 2, 3, 4))
                    .execute()
                    .get(node.segmentation);
            assertThat(labels.spec().toString()).isEqualTo("2 x 2 GREY U8");
            assertThat(net.specs.getFirst().getFirst()).isEqualTo(TensorSpec.of("NHWC", ElementType.F32, 1, 1, 3, 1));
        }
    }

    @Test
    @Tag("behaviour-146")
    void aChangedScaleMeanOrThresholdRunsTheNetworkAgain() {
        Net net = Net.same("NHWC", -1, 1, 2, 1);
        var node = new SegmentationNetwork(net.load(), ImageInput.PLAIN);
        try (NodeRun memory = NodeRun.of(bright(1, 2))) {
            Image image = Pictures.grey(memory.memory(), 2, 1, 10, 20);
            image.publish();
            var constant = new Constant<>(Image.class, image);
            node.image.from(constant.output);
            node.threshold.set(15.0);
            try (Pipeline pipeline = Pipeline.to(node.segmentation)) {
                assertThat(pulled(pipeline, node)).containsExactly(0, 1);
                node.threshold.set(5.0);
                assertThat(pulled(pipeline, node)).containsExactly(1, 1);
                node.scale.set(0.3);
                assertThat(pulled(pipeline, node)).containsExactly(0, 1);
                node.mean.set(18.0);
                assertThat(pulled(pipeline, node)).containsExactly(0, 0);
                assertThat(pulled(pipeline, node)).containsExactly(0, 0);
                assertThat(net.seen).hasSize(4);
            }
        }
    }

    private static int[] pulled(Pipeline pipeline, SegmentationNetwork node) {
        return Pictures.labels(pipeline.pull().orElseThrow().get(node.segmentation));
    }

    @Test
    @Tag("behaviour-150")
    void theHeatmapIsTheNetworksTensorWithoutACopy() {
        Net net = Net.same("NHWC", -1, 1, 2, 1);
        var node = new SegmentationNetwork(net.load(), ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor heat = run.with(node.image, Pictures.grey(run.memory(), 2, 1, 10, 20))
                    .execute()
                    .get(node.heatmap);
            assertThat(heat.spec()).isEqualTo(TensorSpec.of("HWC", ElementType.F32, 1, 2, 1));
            assertThat(heat.toFloats()).containsExactly(10, 20);
            assertThat(net.given).containsExactly(heat.address());
        }
    }

    @Test
    @Tag("behaviour-151")
    void labelsReturnToTheSizeOfTheImageAndNoneIsInvented() {
        var node = new SegmentationNetwork(
                Net.same("NHWC", -1, 1, 2, 3).load(),
                ImageInput.PLAIN.with(Layout.CHANNEL_LAST),
                ImmutableList.of("a", "b", "c"),
                ImmutableSet.of(),
                0.5);
        try (NodeRun run = NodeRun.of(node)) {
            ImageSpec spec = ImageSpec.of(4, 2, ChannelOrder.RGB, ElementType.U8);
            int[] samples = {0, 0, 9, 0, 0, 9, 9, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0, 9, 9, 0, 0, 9, 0, 0};
            run.with(node.image, Pictures.of(spec, run.memory(), samples)).with(node.originalSize, true);
            Image labels = run.execute().get(node.segmentation);
            assertThat(labels.spec()).isEqualTo(spec.with(ChannelOrder.GREY));
            assertThat(Pictures.labels(labels)).containsExactly(2, 2, 0, 0, 2, 2, 0, 0);
            assertThat(node.labels()).containsExactly("a", "b", "c");
        }
    }

    @Test
    @Tag("behaviour-151")
    void onlyThePartThatShowsTheImageReturnsToItsSize() {
        SegmentationNetwork node = bright(2, 2);
        try (NodeRun run = NodeRun.of(node)) {
            Image wide = Pictures.grey(run.memory(), 4, 2, 255, 255, 0, 0, 255, 255, 0, 0);
            run.with(node.image, wide).with(node.keepAspect, true).with(node.originalSize, true);
            assertThat(Pictures.labels(run.execute().get(node.segmentation))).containsExactly(1, 1, 0, 0, 1, 1, 0, 0);
        }
    }

    @Test
    void aBatchNeedsANetworkThatReadsAnyNumberOfImages() {
        SegmentationNetwork node =
                new SegmentationNetwork(Net.same("NHWC", -1, 1, 2, 1).load(), UNIT.withBatch(4));
        assertThat(node.batch()).isEqualTo(4);
        assertThatThrownBy(() ->
                        new SegmentationNetwork(Net.same("NHWC", 1, 1, 2, 1).load(), UNIT.withBatch(4)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("that is 1 images at once; needed any number for batches of 4");
    }

    @Test
    void aNetworkThatGivesNoImageIsRefused() {
        Net net = Net.of(Net.port("image", "NHWC", -1, 1, 2, 1), Net.port("scores", "NC", -1, 2), in -> List.of());
        assertThatThrownBy(() -> new SegmentationNetwork(net.load(), ImageInput.PLAIN))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("met outputs [Port[name=scores")
                .hasMessageContaining("needed one with rows and columns");
    }
}
