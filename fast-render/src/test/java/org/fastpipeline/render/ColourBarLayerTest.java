// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.google.common.collect.ImmutableList;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer.Range;
import org.junit.jupiter.api.Test;

class ColourBarLayerTest {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 80;

    private static BufferedImage shown(Layer layer, int width) {
        Out<Image> image = Shown.grey(width, HEIGHT, (_, _) -> 0);
        return Shown.of(View.of(ImageLayer.of(image), layer), width, HEIGHT);
    }

    @Test
    void coloursGoFromTheLowestToTheHighest() {
        ColourBarLayer bar = ColourBarLayer.of(ImmutableList.of(Colour.of(0xFF0000), Colour.of(0x0000FF)), 0, 1, "")
                .withLength(100);

        BufferedImage shown = shown(bar, WIDTH);

        Rectangle place = Shown.bounds(shown, rgb -> (rgb & 0xFF00) == 0 && (rgb >> 16) + (rgb & 0xFF) > 200);
        int y = place.y + place.height / 2;
        assertThat(place.width).isBetween(99, 101);
        for (int x = 2; x < 98; x++) {
            double red = (shown.getRGB(place.x + x, y) >> 16 & 0xFF) / 255.0;
            assertThat(red).isCloseTo(1 - (x + 0.5) / 100, offset(0.02));
        }
    }

    @Test
    void aBarThatIsLongerThanTheViewIsShortened() {
        BufferedImage shown = shown(ColourBarLayer.of(new Range(128, 256), "HU").withLength(500), 120);

        Rectangle place = Shown.bounds(shown, rgb -> rgb != 0);
        assertThat(place.x).isGreaterThanOrEqualTo(6);
        assertThat(place.x + place.width).isLessThanOrEqualTo(114);
    }

    @Test
    void aBarOfOneColourIsRefused() {
        assertThatThrownBy(() -> ColourBarLayer.of(ImmutableList.of(Colour.RED), 0, 1, ""))
                .isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> ColourBarLayer.of(ImmutableList.of(Colour.RED, Colour.BLUE), 1, 1, ""))
                .isInstanceOf(WrongUseException.class);
    }

    @Test
    void looksAsItDid() throws IOException {
        View view = View.of(
                ImageLayer.of(Tissue.image()),
                ColourBarLayer.of(Range.between(0, 4095), "counts"),
                ColourBarLayer.of(
                                ImmutableList.of(Colour.BLUE, Colour.GREEN, Colour.YELLOW, Colour.RED),
                                -0.5,
                                1.5,
                                "mm/s")
                        .in(Corner.TOP_LEFT)
                        .withLength(180));

        Golden.check("colour-bar", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
