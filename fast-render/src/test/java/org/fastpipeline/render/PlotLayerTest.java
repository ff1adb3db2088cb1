// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.google.common.collect.ImmutableMap;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class PlotLayerTest {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 160;
    private static final Out<Double> PORT = Shown.constant(Double.class, 0.0);
    private static final PlotLayer<Double> PLOT =
            PlotLayer.of(PORT, "density", "/mm²").with(Colour.of(0xFF0000));

    private static Metadata at(double seconds) {
        return Metadata.EMPTY.with(Metadata.TIME, Duration.ofMillis(Math.round(1000 * seconds)));
    }

    private static Stage stage(Layer layer, MemoryPool pool) {
        return new Stage(View.of(layer), WIDTH, HEIGHT, pool);
    }

    /// Where the line is.
    private static Rectangle line(BufferedImage shown) {
        return Shown.bounds(shown, PlotLayerTest::isLine);
    }

    private static boolean isLine(int rgb) {
        return rgb >> 16 > 120 && (rgb & 0xFFFF) < 0x6060 && (rgb & 0xFF) < 0x60;
    }

    /// How many pieces it has, from left to right.
    private static int pieces(BufferedImage shown) {
        int pieces = 0;
        boolean before = false;
        for (int x = 0; x < WIDTH; x++) {
            boolean now = !Shown.bounds(shown.getSubimage(x, 0, 1, HEIGHT), PlotLayerTest::isLine)
                    .isEmpty();
            pieces += now && !before ? 1 : 0;
            before = now;
        }
        return pieces;
    }

    @Test
    void theLineShowsTheNumbersOfTheFrames(MemoryPool pool) {
        try (Stage stage = stage(PLOT, pool)) {
            for (int i = 0; i <= 10; i++) {
                stage.take(ImmutableMap.of(PORT, i == 5 ? 2.0 : 1.0), at(i));
            }
            BufferedImage shown = stage.draw();

            Rectangle line = line(shown);
            Rectangle peak = Shown.bounds(shown.getSubimage(0, line.y, WIDTH, 4), PlotLayerTest::isLine);
            assertThat(peak.getCenterX()).isCloseTo(line.getCenterX(), offset(2.0));
            assertThat(pieces(shown)).isEqualTo(1);
        }
    }

    @Test
    void frameWithoutANumberIsAGap(MemoryPool pool) {
        try (Stage stage = stage(PLOT, pool)) {
            for (int i = 0; i < 30; i++) {
                boolean missing = i >= 8 && i <= 12;
                stage.take(missing ? ImmutableMap.of() : ImmutableMap.of(PORT, i == 20 ? Double.NaN : 1.0 + i), at(i));
            }

            assertThat(pieces(stage.draw())).isEqualTo(3);
        }
    }

    @Test
    void framesThatWereLeftOutTakeTheirRoom(MemoryPool pool) {
        try (Stage stage = stage(PLOT, pool)) {
            for (long index : new long[] {0, 1, 10}) {
                double number = index == 1 ? 2 : 1;
                stage.take(ImmutableMap.of(PORT, number), Metadata.EMPTY.with(Metadata.INDEX, index));
            }
            BufferedImage shown = stage.draw();

            Rectangle line = line(shown);
            Rectangle peak = Shown.bounds(shown.getSubimage(0, line.y, WIDTH, 4), PlotLayerTest::isLine);
            assertThat(peak.getCenterX())
                    .as("a tenth of the way from frame 0 to frame 10, where it is steeper than after")
                    .isBetween(line.x + 0.05 * line.width, line.x + 0.15 * line.width);
        }
    }

    @Test
    void onlyTheLastFramesAreShown(MemoryPool pool) {
        try (Stage stage = stage(PLOT.withLast(10), pool)) {
            stage.take(ImmutableMap.of(PORT, 1000.0), at(0));
            for (int i = 1; i <= 10; i++) {
                stage.take(ImmutableMap.of(PORT, 1.0 + i % 2), at(i));
            }

            assertThat(line(stage.draw()).height)
                    .as("zig-zag over the whole height")
                    .isGreaterThan(30);
        }
    }

    @Test
    void thePlotBeginsAnewWhenTimeGoesBack(MemoryPool pool) {
        try (Stage stage = stage(PLOT, pool)) {
            stage.take(ImmutableMap.of(PORT, 1.0), at(7));
            stage.take(ImmutableMap.of(PORT, 2.0), at(8));
            stage.take(ImmutableMap.of(PORT, 2.0), at(0));

            assertThat(line(stage.draw()).width).as("a dot").isLessThan(6);
        }
    }

    @Test
    void nothingIsShownBeforeTheFirstNumber(MemoryPool pool) {
        try (Stage stage = stage(PLOT, pool)) {
            stage.take(ImmutableMap.of(PORT, Double.NaN), Metadata.EMPTY);

            assertThat(Shown.bounds(stage.draw(), rgb -> rgb != 0)).isEqualTo(new Rectangle());
        }
    }

    @Test
    void numbersThatDoNotDifferAreALevelLine(MemoryPool pool) {
        for (double number : new double[] {0, 5, -3e9, 1e-300}) {
            try (Stage stage = stage(PLOT, pool)) {
                stage.take(ImmutableMap.of(PORT, number), Metadata.EMPTY);
                stage.take(ImmutableMap.of(PORT, number), Metadata.EMPTY);

                assertThat(line(stage.draw()).height).as("%s", number).isBetween(1, 3);
            }
        }
    }

    @Test
    void thePlotStaysInASmallView(MemoryPool pool) {
        try (Stage stage = new Stage(View.of(PLOT), 120, 80, pool)) {
            stage.take(ImmutableMap.of(PORT, 1.0), Metadata.EMPTY);
            stage.take(ImmutableMap.of(PORT, 2.0), Metadata.EMPTY);

            Rectangle all = Shown.bounds(stage.draw(), rgb -> rgb != 0);
            assertThat(all.isEmpty()).isFalse();
            assertThat(new Rectangle(5, 5, 110, 70).contains(all)).isTrue();
        }
    }

    @Test
    void aPlotOfOneFrameIsRefused() {
        assertThatThrownBy(() -> PLOT.withLast(1)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> PLOT.withSize(0, 10)).isInstanceOf(WrongUseException.class);
    }

    @Test
    void looksAsItDid(MemoryPool pool) throws IOException {
        ImageLayer ground = ImageLayer.of(Tissue.image());
        PlotLayer<Double> plot = PlotLayer.of(PORT, "density", "/mm²").withSize(200, 90);
        View view = View.of(ground, plot);
        try (Stage stage = new Stage(view, WIDTH, HEIGHT, pool);
                Image image = Tissue.image(stage.memory())) {
            for (int i = 0; i < 120; i++) {
                double number = 42 + 9 * Math.sin(i / 15.0) + 2 * Math.sin(i * 1.3);
                stage.take(
                        ImmutableMap.of(ground.image(), image, PORT, i > 70 && i < 80 ? Double.NaN : number),
                        at(3 + i / 10.0));
            }

            Golden.check("plot", stage.draw());
        }
    }
}
