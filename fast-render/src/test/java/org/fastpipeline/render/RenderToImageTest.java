// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderToImageTest {
    private static Out<Image> grey(int width, int height, int shade) {
        return Shown.grey(width, height, (_, _) -> shade);
    }

    @ParameterizedTest
    @CsvSource({"64, 48, 64, 48", "100, 0, 100, 50", "0, 100, 200, 100", "33, 0, 33, 16", "1, 0, 1, 2"})
    @Tag("behaviour-198")
    void thePictureHasTheSizeAskedForAndThreeChannels(int width, int height, int columns, int rows) {
        RenderToImage picture = new RenderToImage(View.of(ImageLayer.of(grey(20, 10, 7))), width, height);
        try (Run run = Pipeline.to(picture.image).start();
                Frame frame = run.next().orElseThrow()) {
            assertThat(frame.get(picture.image).spec())
                    .isEqualTo(ImageSpec.of(columns, rows, ChannelOrder.RGB, ElementType.U8));
        }
    }

    @Test
    @Tag("behaviour-198")
    void theShapeOfPixelsCountsForTheSideThatFollows() {
        ImageSpec tall = ImageSpec.of(20, 10, ChannelOrder.GREY, ElementType.U8)
                .with(Geometry.UNIT.withSpacing(new Vector3(1, 4, 1)));
        Out<Image> image = Shown.image(tall, (black, _, _) -> black.fill(0));

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(image)), 20, 0);

        assertThat(shown.getHeight()).isEqualTo(40);
    }

    @Test
    @Tag("behaviour-198")
    void layersAreDrawnInTheirOrder() {
        ImageLayer back = ImageLayer.of(grey(8, 8, 50));
        ImageLayer front = ImageLayer.of(grey(8, 8, 200));

        assertThat(Shown.of(View.of(back, front), 8, 8).getRGB(4, 4) & 0xFF).isEqualTo(200);
        assertThat(Shown.of(View.of(front, back), 8, 8).getRGB(4, 4) & 0xFF).isEqualTo(50);
    }

    @Test
    @Tag("behaviour-198")
    void anImageCoversWhatWasWrittenBefore() {
        TextLayer<String> text = TextLayer.of(Shown.constant(String.class, "behind"));

        BufferedImage shown = Shown.of(View.of(text, ImageLayer.of(grey(8, 8, 50))), 64, 64);

        assertThat(Shown.bounds(shown, rgb -> rgb != 0x323232).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 10", "10, -1", "-1, -1", "16385, 1"})
    @Tag("behaviour-198")
    void aSizeThatIsNoneIsRefused(int width, int height) {
        View view = View.of(ImageLayer.of(grey(8, 8, 0)));

        assertThatThrownBy(() -> new RenderToImage(view, width, height))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("Give a width or a height");
    }

    @Test
    @Tag("behaviour-198")
    void thereIsAPictureOfEveryFrameAndTheirEndIsTheStreams() {
        List<BufferedImage> all = Shown.all(View.of(ImageLayer.of(numbered(20))), 8, 8);

        assertThat(all.stream().map(shown -> shown.getRGB(4, 4) & 0xFF))
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    /// A stream of images whose shade is their number.
    private static Out<Image> numbered(int count) {
        ImageSpec spec = ImageSpec.of(8, 8, ChannelOrder.GREY, ElementType.U8);
        return Shown.images(count, spec, (image, x, y, frame) -> image.writablePixels()
                .set(ValueLayout.JAVA_BYTE, spec.offset(x, y, 0), (byte) frame));
    }

    @Test
    @Tag("behaviour-198")
    void thePictureStandsUpright() {
        BufferedImage shown = Shown.of(View.of(ImageLayer.of(Shown.grey(9, 9, (x, y) -> 20 * y + x))), 9, 9);

        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 9; x++) {
                assertThat(shown.getRGB(x, y) & 0xFF).isEqualTo(20 * y + x);
            }
        }
    }

    @Test
    void aSideThatFollowsNeedsAnImage() {
        View view = View.of(TextLayer.of(Shown.constant(String.class, "no image")));

        assertThatThrownBy(() -> Shown.of(view, 100, 0)).hasMessageContaining("Give both width and height");
    }

    @Test
    void whatNoLayerCoversHasTheBackground() {
        View view = View.of(ImageLayer.of(grey(8, 8, 0))).over(Colour.of(0x102030));

        assertThat(Shown.of(view, 24, 8).getRGB(1, 4) & 0xFFFFFF).isEqualTo(0x102030);
    }

    @Test
    void framesOfDifferentSizesAreShownEachWhole() {
        Out<Image> changing = new GeneratorStreamer<>(Image.class, 12, (place, step) -> {
                    int size = place % 2 == 0 ? 16 : 9;
                    Image image =
                            Image.allocate(ImageSpec.of(size, size, ChannelOrder.GREY, ElementType.U8), step.memory());
                    image.fill(place % 2 == 0 ? 100 : 200);
                    return image;
                })
                .value;

        List<BufferedImage> all = Shown.all(View.of(ImageLayer.of(changing)), 20, 20);

        for (int i = 0; i < all.size(); i++) {
            for (int corner : new int[] {0, 19}) {
                assertThat(all.get(i).getRGB(corner, corner) & 0xFF).isEqualTo(i % 2 == 0 ? 100 : 200);
            }
        }
    }

    @Test
    void allLayersTogetherLookAsTheyDid() throws IOException {
        SegmentationLayer labels = SegmentationLayer.of(Tissue.labels()).withOpacity(0.3);
        View view = View.of(
                ImageLayer.of(Tissue.image()),
                labels,
                NameLayer.of(Tissue.labels(), ImmutableMap.of(1, "nerve", 2, "vein", 3, "muscle")),
                TextLayer.of(Shown.constant(Integer.class, 17), "frame %d"::formatted)
                        .in(Corner.BOTTOM_LEFT),
                ScaleBarLayer.of());

        Golden.check("view", Shown.of(view, 2 * Tissue.WIDTH, 0));
    }
}
