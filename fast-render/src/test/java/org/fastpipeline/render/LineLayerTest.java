// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Line;
import org.fastpipeline.core.data.Lines;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LineLayerTest {
    private static final int SIZE = 40;
    private static final Out<Image> GROUND = Shown.grey(SIZE, SIZE, (_, _) -> 0);

    private static LineLayer<Lines> layer(Line... lines) {
        return LineLayer.of(Shown.constant(Lines.class, new Lines(ImmutableList.copyOf(lines))));
    }

    private static BufferedImage shown(Layer layer) {
        return Shown.of(View.of(ImageLayer.of(GROUND), layer), SIZE, SIZE);
    }

    private static int rgb(BufferedImage shown, int x, int y) {
        return shown.getRGB(x, y) & 0xFFFFFF;
    }

    @Test
    @Tag("behaviour-197")
    void anOpenLineGoesFromItsFirstPointToItsLast() {
        BufferedImage shown = shown(layer(Line.through(10, 10, 30, 10, 30, 30)).with(Colour.WHITE));

        for (int i = 11; i < 29; i++) {
            assertThat(rgb(shown, i, 9)).isEqualTo(0xFFFFFF);
            assertThat(rgb(shown, i, 10)).isEqualTo(0xFFFFFF);
            assertThat(rgb(shown, 29, i)).isEqualTo(0xFFFFFF);
            assertThat(rgb(shown, 30, i)).isEqualTo(0xFFFFFF);
            assertThat(rgb(shown, i, i)).as("the way back").isEqualTo(i > 27 || i < 12 ? rgb(shown, i, i) : 0);
        }
        assertThat(rgb(shown, 30, 8)).as("a corner does not stand out").isZero();
    }

    @Test
    @Tag("behaviour-197")
    void aClosedLineGoesBackToItsFirstPoint() {
        BufferedImage shown =
                shown(layer(Line.around(10, 10, 30, 10, 30, 30, 10, 30)).with(Colour.WHITE));

        assertThat(rgb(shown, 9, 20)).isEqualTo(0xFFFFFF);
        assertThat(rgb(shown, 10, 20)).isEqualTo(0xFFFFFF);
        assertThat(rgb(shown, 20, 20)).isZero();
    }

    @Test
    void aThickLineIsAsThickAsSaid() {
        BufferedImage shown =
                shown(layer(Line.through(-10, 20, 60, 20)).with(Colour.WHITE).withThickness(6));

        assertThat(Shown.bounds(shown, rgb -> rgb == 0xFFFFFF)).isEqualTo(new Rectangle(0, 17, SIZE, 6));
        assertThat(Shown.bounds(shown, rgb -> rgb != 0).height).isLessThanOrEqualTo(8);
    }

    @Test
    void noLinesAndLinesOfOnePointAreFine() {
        assertThat(Shown.bounds(shown(layer()), rgb -> rgb != 0)).isEqualTo(new Rectangle());
        shown(layer(Line.through(3, 3), Line.around()));
    }

    @Test
    void looksAsItDid() throws IOException {
        double[] circle = new double[2 * 60];
        for (int i = 0; i < circle.length; i += 2) {
            circle[i] = 55.5 + 28 * Math.cos(Math.PI * i / 60);
            circle[i + 1] = 50.5 + 28 * Math.sin(Math.PI * i / 60);
        }
        Lines lines = new Lines(
                ImmutableList.of(Line.around(circle), Line.through(100, 120, 112, 130, 130, 135, 148, 130, 160, 120)));
        View view = View.of(ImageLayer.of(Tissue.image()), LineLayer.of(Shown.constant(Lines.class, lines)));

        Golden.check("lines", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
