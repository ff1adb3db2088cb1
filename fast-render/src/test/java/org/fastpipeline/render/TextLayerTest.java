// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class TextLayerTest {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 80;

    private static Out<String> text(String text) {
        return Shown.constant(String.class, text);
    }

    private static BufferedImage shown(int ground, Layer... layers) {
        Out<Image> image = Shown.grey(WIDTH, HEIGHT, (_, _) -> ground);
        View view = View.of(ImageLayer.of(image));
        for (Layer layer : layers) {
            view = view.with(layer);
        }
        return Shown.of(view, WIDTH, HEIGHT);
    }

    @ParameterizedTest
    @EnumSource(Corner.class)
    @Tag("behaviour-197")
    void aTextStandsInItsCorner(Corner corner) {
        Rectangle place = Shown.bounds(shown(0, TextLayer.of(text("12.5")).in(corner)), rgb -> (rgb & 0xFF) > 100);

        assertThat(place.x < WIDTH / 2).isEqualTo(corner.isLeft());
        assertThat(place.y < HEIGHT / 2).isEqualTo(corner.isTop());
        assertThat(new Rectangle(5, 5, WIDTH - 10, HEIGHT - 10).contains(place)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 255})
    void aTextCanBeReadOnAnyGround(int ground) {
        BufferedImage shown = shown(ground, TextLayer.of(text("HHH")));

        Rectangle letters = Shown.bounds(shown.getSubimage(11, 11, 30, 15), rgb -> (rgb & 0xFF) > 150);
        assertThat(letters.height).isBetween(9, 12);
        assertThat(shown.getRGB(8, 18) & 0xFF).as("the ground of the letters").isLessThan(110);
    }

    @Test
    @Tag("behaviour-197")
    void linesStandBelowEachOther() {
        BufferedImage one = shown(255, TextLayer.of(text("H")));
        BufferedImage three = shown(255, TextLayer.of(text("H\nHH\nH")));

        double line = 14 * 1.2;
        assertThat(panel(three).height - panel(one).height).isBetween((int) (2 * line) - 1, (int) (2 * line) + 1);
    }

    private static Rectangle panel(BufferedImage shown) {
        return Shown.bounds(shown, rgb -> rgb != 0xFFFFFF);
    }

    @Test
    void whatStandsInOneCornerIsStacked() {
        BufferedImage shown = shown(255, TextLayer.of(text("H")), TextLayer.of(text("HH")));

        Rectangle one = panel(shown(255, TextLayer.of(text("H"))));
        assertThat(panel(shown).height).isEqualTo(2 * one.height + 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a text that is much too long for such a small view", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10"})
    void nothingSpillsOutOfTheView(String text) {
        Rectangle panel = panel(shown(255, TextLayer.of(text(text))));

        assertThat(new Rectangle(5, 5, WIDTH - 10, HEIGHT - 10).contains(panel)).isTrue();
    }

    @Test
    void aViewWithoutRoomShowsNothing() {
        Out<Image> image = Shown.grey(16, 16, (_, _) -> 255);

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(image), TextLayer.of(text("H"))), 16, 16);

        assertThat(panel(shown)).isEqualTo(new Rectangle());
    }

    @Test
    void lettersAreSharpAtAnyScaleOfTheScreen(MemoryPool pool) {
        TextLayer<String> layer = TextLayer.of(text("H"));
        try (Stage stage = new Stage(View.of(layer), 3 * WIDTH, 3 * HEIGHT, 3, pool)) {
            stage.take(ImmutableMap.of(layer.port(), "H"), Metadata.EMPTY);
            BufferedImage large = stage.draw();

            // The left stem of the H, three times as wide; blurred pixels lie at its edges only.
            Rectangle letter = Shown.bounds(large, rgb -> (rgb & 0xFF) > 128);
            assertThat(letter.height).isBetween(28, 33);
            int y = letter.y + letter.height / 4;
            assertThat(large.getRGB(letter.x + 1, y) & 0xFF).isGreaterThan(230);
            assertThat(large.getRGB(letter.x - 2, y) & 0xFF).isLessThan(20);
        }
    }

    @Test
    void aSizeThatCannotBeReadIsRefused() {
        TextLayer<String> layer = TextLayer.of(text("H"));
        assertThatThrownBy(() -> layer.withSize(0)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> layer.withSize(Double.NaN)).isInstanceOf(WrongUseException.class);
    }

    @Test
    void looksAsItDid() throws IOException {
        View view = View.of(
                ImageLayer.of(Tissue.image()),
                TextLayer.of(Shown.constant(Double.class, 12.34), "density %.1f /mm²\nframe 17"::formatted),
                TextLayer.of(text("a title that is too long for the room there is"))
                        .in(Corner.BOTTOM_RIGHT)
                        .withSize(18)
                        .with(Colour.YELLOW));

        Golden.check("text", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }

    @Test
    void whatLiesOverATextIsDrawnToo() {
        Out<Image> image = Shown.grey(20, 20, (_, _) -> 0);
        View view = View.of(
                ImageLayer.of(image),
                TextLayer.of(image, _ -> "below"),
                ImageLayer.of(Shown.grey(20, 20, (_, _) -> 90)));

        assertThat(Shown.of(view, 20, 20).getRGB(10, 10) & 0xFFFFFF).isEqualTo(0x5A5A5A);
    }
}
