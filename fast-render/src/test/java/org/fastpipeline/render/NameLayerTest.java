// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.google.common.collect.ImmutableMap;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.NameLayer.Middle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NameLayerTest {
    private static final int SIZE = 100;

    /// A text that fills its line, so that its place can be measured.
    private static final ImmutableMap<Integer, String> NAMES = ImmutableMap.of(1, "H");

    /// Label 1 in a small square at the lower right, and in a larger one at the upper left; label 2 elsewhere.
    private static Out<Image> squares(double spacing) {
        ImageSpec spec = ImageSpec.of(SIZE, SIZE, ChannelOrder.GREY, ElementType.U8)
                .with(Geometry.UNIT.withSpacing(new Vector3(spacing, spacing, 1)));
        return Shown.image(spec, (image, x, y) -> image.writablePixels()
                .set(ValueLayout.JAVA_BYTE, spec.offset(x, y, 0), (byte) label(x, y)));
    }

    private static int label(int x, int y) {
        boolean small = x >= 80 && x < 90 && y >= 80 && y < 90;
        boolean large = x >= 20 && x < 40 && y >= 20 && y < 40;
        return small || large ? 1 : x > 60 && y < 20 ? 2 : 0;
    }

    private static BufferedImage shown(NameLayer layer) {
        Out<Image> ground = squares(layer.minimumArea() > 0 ? 0.5 : 1);
        return Shown.of(View.of(ImageLayer.of(ground), layer), SIZE, SIZE);
    }

    private static Rectangle place(BufferedImage shown) {
        return Shown.bounds(shown, rgb -> (rgb & 0xFF) > 128);
    }

    @Test
    @Tag("behaviour-192")
    void aNameStandsInTheMiddleOfTheLargestRegion() {
        Rectangle place = place(shown(NameLayer.of(squares(1), NAMES)));

        assertThat(place.getCenterX()).isCloseTo(30, offset(1.0));
        assertThat(place.getCenterY()).isCloseTo(30, offset(1.5));
    }

    @Test
    @Tag("behaviour-192")
    void aNameStandsInTheMiddleOfTheWholeLabelIfThatIsAsked() {
        Rectangle place = place(shown(NameLayer.of(squares(1), NAMES).with(Middle.WHOLE_LABEL)));

        // 400 pixels around 30, and 100 around 85
        assertThat(place.getCenterX()).isCloseTo(41, offset(1.0));
        assertThat(place.getCenterY()).isCloseTo(41, offset(1.5));
    }

    @Test
    @Tag("behaviour-192")
    void aRegionAsLargeAsTheLeastAreaHasItsName() {
        NameLayer layer = NameLayer.of(squares(0.5), NAMES).withMinimumArea(100);

        assertThat(place(shown(layer)).isEmpty()).isFalse();
    }

    @Test
    @Tag("behaviour-192")
    void aSmallerRegionHasNone() {
        NameLayer layer = NameLayer.of(squares(0.5), NAMES).withMinimumArea(100.3);

        assertThat(place(shown(layer)).isEmpty()).isTrue();
    }

    @Test
    @Tag("behaviour-192")
    void aLabelWithoutANameHasNone() {
        assertThat(place(shown(NameLayer.of(squares(1), ImmutableMap.of(3, "H"))))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aNameStaysInTheView() {
        Out<Image> edge = Shown.grey(SIZE, SIZE, (x, y) -> x < 2 && y < 2 ? 1 : 0);
        NameLayer layer = NameLayer.of(edge, ImmutableMap.of(1, "HHHH"));

        Rectangle place = place(Shown.of(View.of(ImageLayer.of(edge), layer), SIZE, SIZE));

        Rectangle middle = place(Shown.of(
                View.of(ImageLayer.of(edge), NameLayer.of(squares(1), ImmutableMap.of(1, "HHHH"))), SIZE, SIZE));
        assertThat(place.width).isCloseTo(middle.width, offset(1));
        assertThat(place.height).isCloseTo(middle.height, offset(1));
    }

    @Test
    void anAreaBelowZeroIsRefused() {
        NameLayer layer = NameLayer.of(squares(1), NAMES);
        assertThatThrownBy(() -> layer.withMinimumArea(-1)).isInstanceOf(WrongUseException.class);
    }

    @Test
    void looksAsItDid() throws IOException {
        View view = View.of(
                ImageLayer.of(Tissue.image()),
                SegmentationLayer.of(Tissue.labels()).withOpacity(0.3),
                NameLayer.of(Tissue.labels(), ImmutableMap.of(1, "nerve", 2, "vein", 3, "muscle")));

        Golden.check("names", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
