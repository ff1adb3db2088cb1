// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.DisplayException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.render.VolumeLayer.Blend;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class VolumeLayerTest {
    private static final int SIZE = 60;

    private static final TransferFunction CT = TransferFunction.of(
                    20, Colour.of(0xC08060).withAlpha(0))
            .with(100, Colour.of(0xC08060).withAlpha(0.02))
            .with(300, Colour.of(0xFFE0C0).withAlpha(0.01))
            .with(350, Colour.YELLOW.withAlpha(0.2))
            .with(650, Colour.RED.withAlpha(0.4))
            .with(1100, Colour.CYAN.withAlpha(0.9));

    private static int pixel(Layer layer) {
        return pixel(View.of(layer), SIZE / 2, SIZE / 2);
    }

    private static int pixel(View view, int x, int y) {
        return Shown.of(view, SIZE, SIZE).getRGB(x, y) & 0xFFFFFF;
    }

    /// A volume of three layers from the front to the back of the patient, which a ray from the front meets in turn.
    private static Out<Image> layers(int front, int middle, int back) {
        return Phantom.volume(
                Phantom.spec(9, 9, 9, ElementType.U8), (_, y, _) -> y < 3 ? front : y < 6 ? middle : back);
    }

    @ParameterizedTest
    @CsvSource({"10, 200, 90, 200", "200, 10, 90, 200", "10, 90, 200, 200", "7, 7, 7, 7"})
    @Tag("behaviour-195")
    void aProjectionShowsTheGreatestSampleOfEachRay(int front, int middle, int back, int seen) {
        assertThat(pixel(VolumeLayer.of(layers(front, middle, back)))).isEqualTo(seen * 0x010101);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    @Tag("behaviour-195")
    void anyTypeIsShownWithALevelAndAWindow(ElementType type) {
        Out<Image> volume = Phantom.volume(Phantom.spec(5, 5, 5, type), (_, _, _) -> 100);

        int grey = pixel(VolumeLayer.of(volume).with(Range.between(50, 250))) & 0xFF;

        assertThat(grey).isCloseTo(64, Offset.offset(1));
    }

    @Test
    @Tag("behaviour-195")
    void withoutARangeWideSamplesAreShownFromTheirLeastToTheirGreatest() {
        Out<Image> volume =
                Phantom.volume(Phantom.spec(9, 9, 9, ElementType.I16), (_, _, z) -> z < 3 ? -1000 : z < 6 ? 0 : 3000);
        View view = View.of(VolumeLayer.of(volume));

        assertThat(pixel(view, SIZE / 2, SIZE / 2 + 12) & 0xFF).isZero();
        assertThat(pixel(view, SIZE / 2, SIZE / 2) & 0xFF).isCloseTo(64, Offset.offset(1));
        assertThat(pixel(view, SIZE / 2, SIZE / 2 - 12) & 0xFF).isEqualTo(255);
    }

    @Test
    @Tag("behaviour-195")
    void samplesBelowTheThresholdAreNotThere() {
        View low = View.of(VolumeLayer.of(layers(10, 99, 20)).withThreshold(99)).over(Colour.BLUE);
        View high =
                View.of(VolumeLayer.of(layers(10, 99, 20)).withThreshold(99.5)).over(Colour.BLUE);

        assertThat(pixel(low, SIZE / 2, SIZE / 2)).isEqualTo(0x636363);
        assertThat(pixel(high, SIZE / 2, SIZE / 2)).isEqualTo(0x2979FF);
        TransferFunction white = TransferFunction.of(0, Colour.WHITE);
        assertThat(pixel(VolumeLayer.of(layers(10, 99, 20), white).withThreshold(99.5)))
                .isZero();
    }

    @Test
    @Tag("behaviour-195")
    void theFirstOpaqueSampleOfACompositeHidesThoseBehind() {
        TransferFunction function = TransferFunction.of(9, Colour.RED.withAlpha(0))
                .with(10, Colour.RED)
                .with(99, Colour.RED)
                .with(100, Colour.WHITE);

        assertThat(pixel(VolumeLayer.of(layers(10, 100, 100), function))).isEqualTo(0xFF0000);
        assertThat(pixel(VolumeLayer.of(layers(100, 10, 10), function))).isEqualTo(0xFFFFFF);
        assertThat(pixel(VolumeLayer.of(layers(100, 10, 10), function)
                        .withThreshold(9)
                        .with(Blend.MAXIMUM)))
                .isEqualTo(0xFFFFFF);
    }

    /// An opacity is that of one smallest spacing: two of them let through the square of what one does.
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 0.5", "1, 4"})
    @Tag("behaviour-195")
    void opacityAddsUpOverTheLengthOfARay(int rows, double spacing) {
        ImageSpec spec = Phantom.spec(8, rows, 8, ElementType.U8)
                .with(Geometry.UNIT.withSpacing(new Vector3(spacing, spacing, spacing)));
        TransferFunction half = TransferFunction.of(0, Colour.WHITE.withAlpha(0.4));

        int grey = pixel(VolumeLayer.of(Phantom.volume(spec, (_, _, _) -> 5), half)) & 0xFF;

        assertThat(grey).isCloseTo((int) Math.round(255 * (1 - Math.pow(0.6, rows))), Offset.offset(1));
    }

    @Test
    @Tag("behaviour-195")
    void coloursAreMixedBetweenPointsAndKeptBeyondThem() {
        TransferFunction function = TransferFunction.of(50, Colour.of(0x000040)).with(100, Colour.of(0xC80040));

        assertThat(pixel(VolumeLayer.of(layers(75, 75, 75), function))).isEqualTo(0x640040);
        assertThat(pixel(VolumeLayer.of(layers(10, 10, 10), function))).isEqualTo(0x000040);
        assertThat(pixel(VolumeLayer.of(layers(200, 200, 200), function))).isEqualTo(0xC80040);
    }

    @Test
    @Tag("behaviour-195")
    void pointsThatAreNotSortedOrTooManyAreRefused() {
        TransferFunction one = TransferFunction.of(100, Colour.RED);

        assertThatThrownBy(() -> one.with(99, Colour.WHITE))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("Sort the points");
        assertThatThrownBy(() -> one.with(Double.NaN, Colour.WHITE)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> new TransferFunction(ImmutableList.of())).isInstanceOf(WrongUseException.class);
        TransferFunction full = one;
        for (int i = 1; i < 64; i++) {
            full = full.with(100 + i, Colour.RED);
        }
        TransferFunction last = full;
        assertThatThrownBy(() -> last.with(500, Colour.WHITE)).hasMessageContaining("met 65 points");
    }

    @Test
    void aVolumeOfColoursIsRefused() {
        Out<Image> colours = Shown.one(
                Image.class,
                memory -> Image.allocate(ImageSpec.volume(4, 4, 4, ChannelOrder.RGB, ElementType.U8), memory));

        assertThatThrownBy(() -> pixel(VolumeLayer.of(colours))).hasMessageContaining("needed one channel");
    }

    @Test
    @Tag("behaviour-197")
    void layersOfAPlaneAreRefusedInAViewOfASpaceAndThoseOfCornersAreNot() {
        VolumeLayer volume = VolumeLayer.of(layers(1, 2, 3));
        BoxLayer<Boxes> boxes = BoxLayer.of(Shown.constant(Boxes.class, Boxes.NONE));
        TextLayer<Integer> text = TextLayer.of(Shown.constant(Integer.class, 5));

        assertThatThrownBy(() -> View.of(volume, boxes))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met a BoxLayer, which lies on a plane, with a VolumeLayer");
        assertThatThrownBy(() -> View.of(ImageLayer.of(layers(1, 2, 3))).with(volume))
                .isInstanceOf(WrongUseException.class);
        assertThat(View.of(volume, text, ScaleBarLayer.of()).ground()).isEqualTo(Ground.SPACE);
        assertThat(View.of(text, boxes).ground()).isEqualTo(Ground.PLANE);
    }

    @Test
    @Tag("behaviour-198")
    void aPictureOfASpaceWhoseOtherSideFollowsIsAsWideAsHigh() {
        BufferedImage shown = Shown.of(View.of(VolumeLayer.of(layers(1, 2, 3))), 0, 50);

        assertThat(shown.getWidth()).isEqualTo(50);
    }

    @Test
    void volumesOfOneFrameAreOnTheCardOnceAndGivenBack(MemoryPool pool) {
        Out<Image> port = Shown.grey(1, 1, (_, _) -> 0);
        VolumeLayer layer = VolumeLayer.of(port);
        View view = View.of(layer, layer.withThreshold(0), layer.withBox(), layer.withThreshold(-1));
        try (Stage stage = new Stage(view, 16, 16, pool)) {
            for (int i = 0; i < 50; i++) {
                try (Image image = Image.allocate(Phantom.spec(8, 8, 8, ElementType.U8), stage.memory())) {
                    image.fill(i);
                    stage.take(ImmutableMap.of(port, image), Metadata.EMPTY);
                }
                assertThat(stage.draw().getRGB(8, 8) & 0xFF).isEqualTo(i);
                assertThat(stage.textures())
                        .as("this frame's and the one before")
                        .isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void viewsThatShowOneFrameOfARunKnowThatTheyDo() {
        View view = View.of(VolumeLayer.of(layers(1, 2, 3)));
        Pipeline pipeline = Pipeline.of(List.of(view.subscription(), view.subscription()), List.of());
        try (Run run = pipeline.start();
                Frame one = run.next(0).orElseThrow();
                Frame other = run.next(1).orElseThrow()) {
            assertThat(new FrameValues(one, run).identity()).isEqualTo(new FrameValues(other, run).identity());
            assertThat(new FrameValues(one, run).identity()).isNotEqualTo(new FrameValues(other, view).identity());
        }
    }

    @Test
    void aVolumeLargerThanTheCardCanHoldIsRefusedWithItsSize(MemoryPool pool) {
        Out<Image> port = Shown.grey(1, 1, (_, _) -> 0);
        try (Stage stage = new Stage(View.of(VolumeLayer.of(port)), 16, 16, pool);
                Image image = Image.allocate(Phantom.spec(1, 1, 1 << 17, ElementType.U8), stage.memory())) {
            assertThatThrownBy(() -> stage.take(ImmutableMap.of(port, image), Metadata.EMPTY))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageContaining("1 x 1 x 131072")
                    .hasMessageContaining("columns, rows and slices");
        }
    }

    @Test
    void aProjectionLooksAsItDid() throws IOException {
        View view = View.of(
                        VolumeLayer.of(Phantom.of(Phantom::head, Phantom.turned()))
                                .with(Range.between(-200, 1200))
                                .withBox(),
                        TextLayer.of(Shown.constant(String.class, "maximum intensity")),
                        ScaleBarLayer.of())
                .from(-25, 25);
        Golden.check("volume-projection", Shown.of(view, 240, 160));
    }

    @Test
    void aCompositeLooksAsItDid() throws IOException {
        View view = View.of(VolumeLayer.of(Phantom.of(Phantom::head, Phantom.turned()), CT)
                        .withBox())
                .from(-25, 25);
        Golden.check("volume-composite", Shown.of(view, 240, 160));
    }
}
