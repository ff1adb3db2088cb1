// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationLayerTest {
    private static final int SIZE = 20;

    /// Label 1 in columns 5 to 14 of rows 5 to 14.
    private static Out<Image> square() {
        return Shown.grey(SIZE, SIZE, (x, y) -> x >= 5 && x < 15 && y >= 5 && y < 15 ? 1 : 0);
    }

    private static int rgb(BufferedImage shown, int x, int y) {
        return shown.getRGB(x, y) & 0xFFFFFF;
    }

    @Test
    @Tag("behaviour-191")
    void labelZeroIsNotSeen() {
        View view = View.of(ImageLayer.of(Shown.grey(SIZE, SIZE, (_, _) -> 90)), SegmentationLayer.of(square()));

        assertThat(rgb(Shown.of(view, SIZE, SIZE), 2, 2)).isEqualTo(0x5A5A5A);
    }

    @Test
    @Tag("behaviour-191")
    void theInsideBlendsAsItsOpacitySays() {
        SegmentationLayer labels =
                SegmentationLayer.of(square()).with(1, new Colour(1, 0, 0.2, 1)).withOpacity(0.25);
        View view = View.of(ImageLayer.of(Shown.grey(SIZE, SIZE, (_, _) -> 100)), labels);

        // 0.75 * 100 + 0.25 * (255, 0, 51), rounded
        assertThat(rgb(Shown.of(view, SIZE, SIZE), 10, 10)).isEqualTo(139 << 16 | 75 << 8 | 88);
    }

    @Test
    @Tag("behaviour-191")
    void theBorderIsAsWideAndOpaqueAsSet() {
        SegmentationLayer labels = SegmentationLayer.of(square())
                .with(1, Colour.WHITE)
                .withOpacity(0)
                .withBorder(2, 1);

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(Shown.grey(SIZE, SIZE, (_, _) -> 0)), labels), SIZE, SIZE);

        assertThat(rgb(shown, 4, 10)).isZero();
        assertThat(rgb(shown, 5, 10)).isEqualTo(0xFFFFFF);
        assertThat(rgb(shown, 6, 10)).isEqualTo(0xFFFFFF);
        assertThat(rgb(shown, 7, 10)).isZero();
        assertThat(rgb(shown, 10, 14)).isEqualTo(0xFFFFFF);
    }

    @Test
    @Tag("behaviour-191")
    void aBorderCanBeHalfTransparent() {
        SegmentationLayer labels =
                SegmentationLayer.of(square()).with(1, Colour.WHITE).withBorder(1, 0.2);

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(Shown.grey(SIZE, SIZE, (_, _) -> 0)), labels), SIZE, SIZE);

        assertThat(rgb(shown, 5, 10)).isEqualTo(0x333333);
    }

    @Test
    @Tag("behaviour-191")
    void labelsHaveColoursOfTheirOwnUnlessOthersAreSet() {
        Out<Image> stripes = Shown.grey(70, 4, (x, _) -> 1 + x / 10);
        SegmentationLayer labels = SegmentationLayer.of(stripes).withOpacity(1).with(3, Colour.WHITE);

        BufferedImage shown = Shown.of(View.of(labels), 70, 4);

        int[] standard = {0xFF0000, 0x2979FF, 0xFFFFFF, 0xFFD600, 0xE040FB, 0x00E5FF, 0xFF9100};
        for (int i = 0; i < standard.length; i++) {
            assertThat(rgb(shown, 10 * i + 5, 2)).isEqualTo(standard[i]);
        }
    }

    @Test
    void label255IsAsGoodAsAnyOther() {
        Out<Image> labels = Shown.grey(4, 4, (_, _) -> 255);

        assertThat(rgb(Shown.of(View.of(SegmentationLayer.of(labels).with(255, Colour.WHITE)), 4, 4), 0, 0))
                .isEqualTo(0xFFFFFF);
    }

    @Test
    @Tag("behaviour-191")
    void whatIsNoLabelImageIsRefused() {
        Out<Image> wide =
                Shown.image(ImageSpec.of(8, 8, ChannelOrder.GREY, ElementType.U16), (image, _, _) -> image.fill(1));
        Out<Image> volume = Shown.image(ImageSpec.volume(8, 8, 2, ChannelOrder.GREY, ElementType.U8), (_, _, _) -> {});
        Out<Image> colour = Shown.image(ImageSpec.of(8, 8, ChannelOrder.RGB, ElementType.U8), (_, _, _) -> {});

        for (Out<Image> labels : List.of(wide, volume, colour)) {
            assertThatThrownBy(() -> Shown.of(View.of(SegmentationLayer.of(labels)), 8, 8))
                    .hasMessageContaining("needed a 2-D image with one channel of U8");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    @Tag("behaviour-191")
    void anOpacityOutsideZeroToOneIsRefused(double opacity) {
        SegmentationLayer labels = SegmentationLayer.of(square());

        assertThatThrownBy(() -> labels.withOpacity(opacity)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> labels.withBorder(1, opacity)).isInstanceOf(WrongUseException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void labelsOfAnotherSpacingLieRightOnTheImage(int coarser) {
        Vector3 spacing = new Vector3(coarser, coarser, 1);
        ImageSpec spec = ImageSpec.of(SIZE / coarser, SIZE / coarser, ChannelOrder.GREY, ElementType.U8)
                .with(Geometry.UNIT.withSpacing(spacing));
        Out<Image> labels = Shown.image(spec, (image, x, y) -> {
            boolean inside = x * coarser >= 8 && x * coarser < 16 && y * coarser >= 8 && y * coarser < 16;
            image.writablePixels().set(ValueLayout.JAVA_BYTE, spec.offset(x, y, 0), (byte) (inside ? 1 : 0));
        });
        View view = View.of(
                ImageLayer.of(Shown.grey(SIZE, SIZE, (_, _) -> 0)),
                SegmentationLayer.of(labels).with(1, Colour.WHITE).withOpacity(1));

        BufferedImage shown = Shown.of(view, SIZE, SIZE);

        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                boolean inside = x >= 8 && x < 16 && y >= 8 && y < 16;
                assertThat(rgb(shown, x, y)).isEqualTo(inside ? 0xFFFFFF : 0);
            }
        }
    }

    @Test
    void looksAsItDid() throws IOException {
        View view = View.of(
                ImageLayer.of(Tissue.image()),
                SegmentationLayer.of(Tissue.labels()).withOpacity(0.3));

        Golden.check("segmentation", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
