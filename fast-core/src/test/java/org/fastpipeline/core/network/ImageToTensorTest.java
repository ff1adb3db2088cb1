// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// From an image to what a network reads.
class ImageToTensorTest {
    private static final Model.Port SCORES = Net.port("scores", "NC", -1, 10);

    private static LoadedModel reading(String axes, long... sizes) {
        return Net.of(Net.port("image", axes, sizes), SCORES, in -> List.of()).load();
    }

    private static ImageToTensor node(String axes, long... sizes) {
        return new ImageToTensor(reading(axes, sizes), "image", ImageInput.PLAIN);
    }

    private static float[] made(NodeRun run, ImageToTensor node, Image image) {
        return run.with(node.image, image).execute().get(node.tensor).toFloats();
    }

    @Test
    @Tag("behaviour-136")
    void valuesAreClippedThenNormalisedThenScaledThenSigned() {
        var node = new ImageToTensor(
                reading("NHWC", 1, 1, 3, 1),
                "image",
                ImageInput.PLAIN.with(new Preprocessing(10, 110, 60, 25, 0.25, true)));
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(made(run, node, Pictures.grey(run.memory(), 3, 1, 0, 60, 200)))
                    .containsExactly(new float[] {-2, -1, 0}, within(1e-6f));
        }
    }

    @Test
    @Tag("behaviour-136")
    void realValuesArePreprocessedAndNotSamples() {
        var node = new ImageToTensor(
                reading("NHWC", 1, 1, 3, 1),
                "image",
                ImageInput.PLAIN.with(new Preprocessing(-1200, 400, -1200, 1, 1 / 1600.0, false)));
        ImageSpec plain = ImageSpec.of(3, 1, ChannelOrder.GREY, ElementType.I16);
        ImageSpec hounsfield = new ImageSpec(
                3, 1, 1, plain.channels(), plain.type(), 16, plain.rowStride(), plain.geometry(), 2, -1024);
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(made(run, node, Pictures.of(hounsfield, run.memory(), -500, 312, 2000)))
                    .containsExactly(new float[] {0, 0.5f, 1}, within(1e-6f));
        }
    }

    @Test
    @Tag("behaviour-137")
    void aFlippedImageIsReadFromRightToLeft() {
        var node = node("NHWC", 1, 1, 2, 3);
        try (NodeRun run = NodeRun.of(node)) {
            Image image =
                    Pictures.of(ImageSpec.of(2, 1, ChannelOrder.RGB, ElementType.U8), run.memory(), 1, 2, 3, 4, 5, 6);
            run.with(node.flip, true);
            assertThat(made(run, node, image)).containsExactly(4, 5, 6, 1, 2, 3);
        }
    }

    @Test
    @Tag("behaviour-138")
    void anImageOfAnotherSizeIsResizedLinearlyBetweenCentresOfPixels() {
        var node = node("NHWC", 1, 1, 4, 1);
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(made(run, node, Pictures.grey(run.memory(), 2, 2, 0, 40, 80, 120)))
                    .containsExactly(40, 50, 70, 80);
        }
    }

    @Test
    @Tag("behaviour-138")
    void anImageOfTheNetworksSizeIsNotResizedAndOnesSpacingIsThatOfItsPixels() {
        var node = node("NHWC", 1, 2, 2, 1);
        Geometry half = Geometry.UNIT.withSpacing(new Vector3(0.5, 0.25, 1));
        try (NodeRun run = NodeRun.of(node)) {
            Image same = Pictures.grey(run.memory(), 2, 2, 1, 2, 3, 4);
            assertThat(made(run, node, same)).containsExactly(1, 2, 3, 4);
            ImageSpec spec =
                    ImageSpec.of(4, 8, ChannelOrder.GREY, ElementType.U8).with(half);
            Tensor resized = run.with(node.image, Pictures.of(spec, run.memory(), new int[32]))
                    .execute()
                    .get(node.tensor);
            assertThat(resized.geometry().spacing()).isEqualTo(new Vector3(1, 1, 1));
            assertThat(resized.geometry().origin()).isEqualTo(new Vector3(0.25, 0.375, 0));
        }
    }

    @Test
    @Tag("behaviour-139")
    void theAspectIsKeptOfWideImagesAndOfTallOnes() {
        var node = node("NHWC", 1, 2, 2, 1);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.keepAspect, true);
            assertThat(made(run, node, Pictures.grey(run.memory(), 4, 2, 8, 8, 6, 6, 8, 8, 6, 6)))
                    .containsExactly(8, 6, 0, 0);
            assertThat(made(run, node, Pictures.grey(run.memory(), 2, 4, 8, 8, 8, 8, 6, 6, 6, 6)))
                    .containsExactly(8, 0, 6, 0);
        }
    }

    @Test
    @Tag("behaviour-140")
    void anotherNumberOfChannelsIsRefusedWithBoth() {
        var node = node("NHWC", 1, 2, 2, 3);
        try (NodeRun run = NodeRun.of(node)) {
            Image grey = Pictures.grey(run.memory(), 2, 2, 1, 2, 3, 4);
            assertThatThrownBy(() -> run.with(node.image, grey).execute())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("input image met 2 x 2 GREY U8, that is 1 channels; needed 3 channels");
        }
    }

    @Test
    @Tag("behaviour-140")
    void aVolumeIsRefusedByANetworkForImages() {
        var node = node("NHWC", 1, 2, 2, 1);
        try (NodeRun run = NodeRun.of(node)) {
            ImageSpec volume = ImageSpec.volume(2, 2, 3, ChannelOrder.GREY, ElementType.U8);
            assertThatThrownBy(() -> run.with(node.image, Pictures.of(volume, run.memory()))
                            .execute())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("met 2 x 2 x 3 GREY U8, a volume; needed an image without slices");
        }
    }

    @Test
    @Tag("behaviour-140")
    void anInputThatIsNoImageIsRefusedAndItIsSaidHowToGiveItsShape() {
        assertThatThrownBy(() -> node("NC", -1, 4))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("input image is F32(N=?, C=4); needed axes for rows, columns and channels")
                .hasMessageContaining("Give its shape with named axes in ModelSource.shapes");
        assertThatThrownBy(() -> node(""))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("ModelSource.shapes");
    }

    @Test
    void anUnknownInputIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> new ImageToTensor(reading("NHWC", 1, 2, 2, 1), "crops", ImageInput.PLAIN))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met input 'crops'; needed one of [image]");
    }

    @Test
    void aNetworkThatReadsBytesGetsThem() {
        Model.Port bytes = new Model.Port("image", TensorSpec.of("NHWC", ElementType.U8, 1, 1, 2, 1));
        var node = new ImageToTensor(Net.of(bytes, SCORES, in -> List.of()).load(), "image", ImageInput.PLAIN);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor made = run.with(node.image, Pictures.grey(run.memory(), 4, 1, 1, 2, 254, 255))
                    .execute()
                    .get(node.tensor);
            assertThat(made.elements().toArray(ValueLayout.JAVA_BYTE)).containsExactly((byte) 2, (byte) 255);
            run.with(node.scale, 2.0);
            assertThatThrownBy(run::execute).isInstanceOf(ModelException.class).hasMessageContaining("U8");
        }
    }

    @Test
    void aVolumeIsResizedAlongItsSlicesToo() {
        var node =
                new ImageToTensor(reading("NDHWC", 1, 1, 1, 1, 1), "image", ImageInput.PLAIN.with(Layout.CHANNEL_LAST));
        try (NodeRun run = NodeRun.of(node)) {
            ImageSpec volume = ImageSpec.volume(1, 1, 2, ChannelOrder.GREY, ElementType.U8);
            assertThat(made(run, node, Pictures.of(volume, run.memory(), 10, 20)))
                    .containsExactly(15);
        }
    }

    @Test
    void limitsThatCrossAreRefused() {
        var node = node("NHWC", 1, 1, 1, 1);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.low, OptionalDouble.of(2)).with(node.high, OptionalDouble.of(1));
            Image image = Pictures.grey(run.memory(), 1, 1, 1);
            assertThatThrownBy(() -> run.with(node.image, image).execute())
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContaining("less than high, which is 1.0");
        }
    }

    /// The pass against a plain computation of each element by itself.
    @Test
    void theOnePassGivesWhatEachElementByItselfGives() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 60; trial++) {
            PassTrial made = PassTrial.of(random);
            try (NodeRun run = NodeRun.of(made.node())) {
                float[] pixels = made(run, made.node(), made.image(run));
                assertThat(pixels).as("seed " + seed + ", " + made).containsExactly(made.expected(), within(2e-4f));
            }
        }
    }
}
