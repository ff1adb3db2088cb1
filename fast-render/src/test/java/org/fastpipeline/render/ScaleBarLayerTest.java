// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleBarLayerTest {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 100;

    private static BufferedImage shown(double spacing, int width, int height) {
        ImageSpec spec = ImageSpec.of(WIDTH, HEIGHT, ChannelOrder.GREY, ElementType.U8)
                .with(Geometry.UNIT.withSpacing(new Vector3(spacing, spacing, 1)));
        Out<Image> image = Shown.image(spec, (black, _, _) -> black.fill(0));
        return Shown.of(View.of(ImageLayer.of(image), ScaleBarLayer.of()), width, height);
    }

    /// The bar itself: the lowest rows that are white.
    private static Rectangle bar(BufferedImage shown) {
        Rectangle all = Shown.bounds(shown, rgb -> (rgb & 0xFF) > 200);
        return Shown.bounds(
                shown.getSubimage(0, all.y + all.height - 2, shown.getWidth(), 2), rgb -> (rgb & 0xFF) > 200);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 50", "0.5, 40", "2, 50", "0.004, 50"})
    void theBarIsAsLongAsItsLength(double spacing, int pixels) {
        // At most 60 pixels: 0.5 mm, 20 mm, 100 mm, 0.2 mm; and the line's round ends.
        assertThat(bar(shown(spacing, WIDTH, HEIGHT)).width).isBetween(pixels, pixels + 2);
    }

    @Test
    void itFollowsTheZoom() {
        assertThat(bar(shown(0.01, 2 * WIDTH, 2 * HEIGHT)).width).isBetween(100, 102);
    }

    @Test
    void aSpacingThatNobodyKnowsHasNoBar() {
        assertThat(Shown.bounds(shown(1, WIDTH, HEIGHT), rgb -> rgb != 0)).isEqualTo(new Rectangle());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 mm",
        "20, 20 mm",
        "0.5, 500 µm",
        "0.1, 100 µm",
        "0.001, 1 µm",
        "0.0002, 200 nm",
    })
    void lengthsAreWholeNumbersOfAUnit(double millimetres, String text) {
        assertThat(Round.length(millimetres)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.99, 0.5", "2.1, 2", "4.9, 2", "5, 5", "9.99, 5", "10, 10", "0.07, 0.05", "123456, 100000"})
    void roundNumbersAreOneTwoOrFive(double value, double round) {
        assertThat(Round.down(value)).isCloseTo(round, offset(round * 1e-9));
    }

    @Test
    void looksAsItDid() throws IOException {
        View view = View.of(ImageLayer.of(Tissue.image()), ScaleBarLayer.of());

        Golden.check("scale-bar", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
