// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.Allocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatmapLayerTest {
    private static final int SIZE = 8;
    private static final Colour RED = new Colour(1, 0, 0, 1);
    private static final Colour GREEN = new Colour(0, 1, 0, 1);

    /// The same value everywhere in each channel.
    private static HeatmapLayer plain(float... channels) {
        return HeatmapLayer.of(Shown.one(Tensor.class, memory -> {
                    float[] values = new float[SIZE * SIZE * channels.length];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = channels[i % channels.length];
                    }
                    return Tensor.of(
                            TensorSpec.of("HWC", ElementType.F32, SIZE, SIZE, channels.length), memory, values);
                }))
                .with(0, RED)
                .with(1, GREEN);
    }

    private static int over(int ground, Layer layer) {
        Out<Image> image = Shown.grey(SIZE, SIZE, (_, _) -> ground);
        return Shown.of(View.of(ImageLayer.of(image), layer), SIZE, SIZE).getRGB(3, 5) & 0xFFFFFF;
    }

    @Test
    @Tag("behaviour-193")
    void aChannelIsAsOpaqueAsItsValue() {
        assertThat(over(0, plain(0.4f).withOpacity(0.5))).isEqualTo(0x330000);
    }

    @Test
    @Tag("behaviour-193")
    void coloursOfChannelsAddUp() {
        assertThat(over(0, plain(0.2f, 0.4f).withOpacity(1))).isEqualTo(0x336600);
        assertThat(over(0, plain(1, 1).withOpacity(1))).isEqualTo(0xFFFF00);
    }

    @Test
    @Tag("behaviour-193")
    void opacityIsAtMostTheGreatest() {
        assertThat(over(
                        255,
                        plain(1, 1).with(0, Colour.BLACK).with(1, Colour.BLACK).withOpacity(0.2)))
                .isEqualTo(0xCCCCCC);
        assertThat(over(0, plain(7).withOpacity(0.2))).as("a value above 1").isEqualTo(0x330000);
    }

    @Test
    @Tag("behaviour-193")
    void valuesBelowTheMinimumAreNotSeen() {
        assertThat(over(0, plain(0.4f, 0.6f).withOpacity(1).withMinimum(0.5))).isEqualTo(0x009900);
        assertThat(over(0, plain(0.5f).withOpacity(1).withMinimum(0.5)))
                .as("at the minimum")
                .isEqualTo(0x800000);
    }

    @Test
    @Tag("behaviour-193")
    void hiddenChannelsAreNotSeen() {
        assertThat(over(0, plain(0.4f, 0.6f).withOpacity(1).without(1))).isEqualTo(0x660000);
    }

    @Test
    void whatIsNoNumberIsNotSeen() {
        assertThat(over(0, plain(Float.NaN, 0.6f).withOpacity(1))).isEqualTo(0x009900);
    }

    /// 0 on the left, 1 on the right.
    private static HeatmapLayer step() {
        return HeatmapLayer.of(Shown.one(
                        Tensor.class,
                        memory -> Tensor.of(TensorSpec.of("HWC", ElementType.F32, 1, 2, 1), memory, 0f, 1f)))
                .with(0, RED)
                .withOpacity(1);
    }

    @Test
    @Tag("behaviour-193")
    void squaresAreSharp() {
        BufferedImage shown = Shown.of(View.of(step().withSquares()), 40, 20);

        assertThat(shown.getRGB(19, 10) & 0xFFFFFF).isZero();
        assertThat(shown.getRGB(20, 10) & 0xFFFFFF).isEqualTo(0xFF0000);
    }

    @Test
    @Tag("behaviour-193")
    void smoothValuesAreInterpolated() {
        BufferedImage shown = Shown.of(View.of(step()), 40, 20);

        assertThat(shown.getRGB(5, 10) & 0xFFFFFF).isZero();
        for (int x = 10; x < 30; x++) {
            double value = (x + 0.5 - 10) / 20;
            assertThat((shown.getRGB(x, 10) >> 16 & 0xFF) / 255.0).isCloseTo(value, offset(0.005));
        }
        assertThat(shown.getRGB(35, 10) & 0xFFFFFF).isEqualTo(0xFF0000);
    }

    private static Tensor placed(TensorSpec spec, double spacing, Allocator memory, float... values) {
        Geometry geometry = Geometry.UNIT.withSpacing(new Vector3(spacing, spacing, 1));
        Tensor tensor = Tensor.allocate(spec, geometry, memory);
        MemorySegment.copy(values, 0, tensor.writableElements(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    @Test
    void aCoarseMapLiesRightOnTheImage() {
        Out<Tensor> coarse = Shown.one(Tensor.class, memory -> {
            TensorSpec spec = TensorSpec.of("HWC", ElementType.F32, 2, 2, 1);
            return placed(spec, 4, memory, 0, 0, 0, 1);
        });
        Out<Image> image = Shown.grey(SIZE, SIZE, (_, _) -> 0);
        HeatmapLayer layer = HeatmapLayer.of(coarse).with(0, RED).withOpacity(1).withSquares();

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(image), layer), SIZE, SIZE);

        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                assertThat(shown.getRGB(x, y) & 0xFFFFFF).isEqualTo(x >= 4 && y >= 4 ? 0xFF0000 : 0);
            }
        }
    }

    @Test
    @Tag("behaviour-193")
    void aTensorOfAnotherShapeIsRefused() {
        for (TensorSpec spec : List.of(
                TensorSpec.of("NHWC", ElementType.F32, 1, 2, 2, 1),
                TensorSpec.of("HW", ElementType.F32, 2, 2),
                TensorSpec.of("CHW", ElementType.F32, 1, 2, 2),
                TensorSpec.of("HWC", ElementType.I32, 2, 2, 1))) {
            HeatmapLayer layer = HeatmapLayer.of(Shown.one(Tensor.class, memory -> Tensor.allocate(spec, memory)));

            assertThatThrownBy(() -> Shown.of(View.of(layer), SIZE, SIZE))
                    .hasMessageContaining("needed axes H, W, C of F32");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    @Tag("behaviour-193")
    void limitsOutsideZeroToOneAreRefused(double limit) {
        HeatmapLayer layer = plain(1);

        assertThatThrownBy(() -> layer.withMinimum(limit)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> layer.withOpacity(limit)).isInstanceOf(WrongUseException.class);
    }

    @Test
    void looksAsItDid() throws IOException {
        int width = Tissue.WIDTH / 10;
        int height = Tissue.HEIGHT / 10;
        Out<Tensor> two = Shown.one(Tensor.class, memory -> {
            float[] values = new float[2 * width * height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    values[2 * (y * width + x)] = (float) Math.exp(-Math.hypot(x - 5, y - 4.5) / 3);
                    values[2 * (y * width + x) + 1] = (float) Math.exp(-Math.hypot(x - 12.5, y - 12) / 4);
                }
            }
            TensorSpec spec = TensorSpec.of("HWC", ElementType.F32, height, width, 2);
            return placed(spec, 0.05, memory, values);
        });
        View view = View.of(ImageLayer.of(Tissue.image()), HeatmapLayer.of(two).withMinimum(0.1));

        Golden.check("heatmap", Shown.of(view, 3 * Tissue.WIDTH / 4, 3 * Tissue.HEIGHT / 4));
    }
}
