// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Where networks have their channels, and that images are read so.
class LayoutTest {
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

    private static TensorSpec spec(LoadedModel model, ImageInput input) {
        var node = new ImageToTensor(model, "image", input);
        try (NodeRun run = NodeRun.of(node)) {
            Image image = Pictures.of(ImageSpec.of(5, 6, ChannelOrder.RGB, ElementType.U8), run.memory());
            return run.with(node.image, image).execute().get(node.tensor).spec();
        }
    }

    @Test
    @Tag("behaviour-141")
    void channelsAreWhereASizeOfOneToFourIs() {
        assertThat(spec(reading("NHWC", -1, 5, 6, 3), ImageInput.PLAIN))
                .isEqualTo(TensorSpec.of("HWC", ElementType.F32, 5, 6, 3));
        assertThat(spec(reading("NHWC", -1, 3, 5, 6), ImageInput.PLAIN))
                .isEqualTo(TensorSpec.of("CHW", ElementType.F32, 3, 5, 6));
    }

    @Test
    @Tag("behaviour-141")
    void outputsTellWhereChannelsAreIfInputsDoNot() {
        LoadedModel model = Net.of(
                        Net.port("image", "NHWC", -1, -1, -1, -1),
                        Net.port("labels", "NHWC", -1, 2, 64, 64),
                        in -> List.of())
                .load();
        assertThat(spec(model, ImageInput.PLAIN)).isEqualTo(TensorSpec.of("CHW", ElementType.F32, 3, 6, 5));
    }

    @Test
    @Tag("behaviour-141")
    void whatCannotBeGuessedIsRefusedAndWhatIsGivenWins() {
        LoadedModel unclear = reading("NHWC", -1, -1, -1, -1);
        assertThatThrownBy(() -> spec(unclear, ImageInput.PLAIN))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("needed a size of 1 to 4")
                .hasMessageContaining("CHANNEL_FIRST");
        assertThat(spec(unclear, ImageInput.PLAIN.with(Layout.CHANNEL_LAST)).axes())
                .isEqualTo(TensorSpec.of("HWC", ElementType.F32, 1, 1, 1).axes());
        LoadedModel looksLast = reading("NHWC", -1, 3, 5, 3);
        assertThat(spec(looksLast, ImageInput.PLAIN.with(Layout.CHANNEL_FIRST)))
                .isEqualTo(TensorSpec.of("CHW", ElementType.F32, 3, 5, 3));
    }

    @Test
    @Tag("behaviour-142")
    void channelsComeOneAfterAnotherWhereTheNetworkWantsThemSo() {
        var node = node("NCHW", 1, 3, 1, 2);
        try (NodeRun run = NodeRun.of(node)) {
            ImageSpec spec = ImageSpec.of(2, 1, ChannelOrder.RGB, ElementType.U8);
            assertThat(made(run, node, Pictures.of(spec, run.memory(), 1, 2, 3, 4, 5, 6)))
                    .containsExactly(1, 4, 2, 5, 3, 6);
        }
    }

    @Test
    void coloursAreBroughtIntoTheNetworksOrder() {
        var node = node("NHWC", 1, 1, 1, 3);
        try (NodeRun run = NodeRun.of(node)) {
            ImageSpec spec = ImageSpec.of(1, 1, ChannelOrder.BGR, ElementType.U8);
            assertThat(made(run, node, Pictures.of(spec, run.memory(), 1, 2, 3)))
                    .containsExactly(3, 2, 1);
        }
    }

    @Test
    @Tag("behaviour-143")
    void openSizesFollowEachImageInBothLayouts() {
        for (String axes : List.of("NHWC", "NCHW")) {
            boolean last = axes.equals("NHWC");
            var node = new ImageToTensor(
                    reading(axes, 1, last ? -1 : 1, -1, last ? 1 : -1),
                    "image",
                    ImageInput.PLAIN.with(Layout.DECLARED));
            try (NodeRun run = NodeRun.of(node)) {
                assertThat(made(run, node, Pictures.grey(run.memory(), 3, 1, 1, 2, 3)))
                        .containsExactly(1, 2, 3);
                assertThat(made(run, node, Pictures.grey(run.memory(), 1, 2, 4, 5)))
                        .containsExactly(4, 5);
            }
        }
    }
}
