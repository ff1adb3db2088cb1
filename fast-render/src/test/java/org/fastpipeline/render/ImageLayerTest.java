// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer.Range;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageLayerTest {
    private static final int RAMP = 64;

    @Test
    @Tag("behaviour-188")
    void eightBitsAreShownAsTheyAre() {
        Out<Image> ramp = Shown.grey(256, 4, (x, _) -> x);

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(ramp)), 256, 4);

        for (int x = 0; x < 256; x++) {
            assertThat(shown.getRGB(x, 2) & 0xFFFFFF).isEqualTo(x * 0x010101);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"U8"},
            mode = EnumSource.Mode.EXCLUDE)
    @Tag("behaviour-188")
    void otherTypesAreShownFromTheirLeastToTheirGreatest(ElementType type) {
        int least = type == ElementType.U16 ? 1000 : -300;
        int step = 37;

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(ramp(type, least, step))), RAMP, 4);

        for (int x = 0; x < RAMP; x++) {
            assertThat(grey(shown, x)).isCloseTo(255.0 * x / (RAMP - 1), withinOne());
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    @Tag("behaviour-188")
    void levelAndWindowMapAsTheFormulaSays(ElementType type) {
        int least = type == ElementType.U8 || type == ElementType.U16 ? 3 : -70;
        double level = least + 60;
        double window = 50;

        BufferedImage shown =
                Shown.of(View.of(ImageLayer.of(ramp(type, least, 2)).with(new Range(level, window))), RAMP, 4);

        for (int x = 0; x < RAMP; x++) {
            double shade = (least + 2 * x - level + window / 2) / window;
            assertThat(grey(shown, x)).isCloseTo(255 * Math.clamp(shade, 0, 1), withinOne());
        }
    }

    private static Offset<Double> withinOne() {
        return Offset.offset(1.0);
    }

    private static double grey(BufferedImage shown, int x) {
        return shown.getRGB(x, 2) & 0xFF;
    }

    /// Columns of the values least, least + step and so on.
    private static Out<Image> ramp(ElementType type, int least, int step) {
        return Shown.image(
                ImageSpec.of(RAMP, 4, ChannelOrder.GREY, type),
                (image, x, y) -> set(image, image.spec().offset(x, y, 0), least + step * x));
    }

    private static void set(Image image, long at, int value) {
        MemorySegment pixels = image.writablePixels();
        switch (image.spec().type()) {
            case U8 -> pixels.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case U16, I16 -> pixels.set(ValueLayout.JAVA_SHORT, at, (short) value);
            case I32 -> pixels.set(ValueLayout.JAVA_INT, at, value);
            case I64 -> pixels.set(ValueLayout.JAVA_LONG, at, value);
            case F32 -> pixels.set(ValueLayout.JAVA_FLOAT, at, value);
            case F64 -> pixels.set(ValueLayout.JAVA_DOUBLE, at, value);
        }
    }

    @Test
    @Tag("behaviour-188")
    void aWindowThatIsNotAboveZeroIsRefused() {
        assertThatThrownBy(() -> new Range(10, 0)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> new Range(10, -1)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> new Range(10, Double.NaN)).isInstanceOf(WrongUseException.class);
    }

    @Test
    @Tag("behaviour-188")
    void brightnessStaysThatOfTheFirstFrame() {
        Out<Image> twoRamps = Shown.images(
                2,
                ImageSpec.of(RAMP, 4, ChannelOrder.GREY, ElementType.U16),
                (image, x, y, frame) -> set(image, image.spec().offset(x, y, 0), 100 * x * (1 + (int) frame)));

        List<BufferedImage> shown = Shown.all(View.of(ImageLayer.of(twoRamps)), RAMP, 4);

        assertThat(shown.get(1).getRGB(5, 2)).isEqualTo(shown.get(0).getRGB(10, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelOrder.class,
            names = {"RGB", "BGR", "RGBA"})
    void coloursAreShownInTheirOrder(ChannelOrder order) {
        byte[] channels = order == ChannelOrder.BGR ? new byte[] {30, 20, 10} : new byte[] {10, 20, 30, (byte) 255};
        Out<Image> plain = Shown.image(ImageSpec.of(8, 8, order, ElementType.U8), (image, x, y) -> {
            for (int c = 0; c < order.channels(); c++) {
                image.writablePixels().set(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, 0) + c, channels[c]);
            }
        });

        assertThat(Shown.of(View.of(ImageLayer.of(plain)), 8, 8).getRGB(3, 3) & 0xFFFFFF)
                .isEqualTo(0x0A141E);
    }

    @Test
    void rowsWithPaddingAreReadWithoutIt() {
        ImageSpec packed = ImageSpec.of(6, 6, ChannelOrder.RGB, ElementType.U8);
        ImageSpec padded = new ImageSpec(
                6, 6, 1, ChannelOrder.RGB, ElementType.U8, 8, packed.rowStride() + 7, Geometry.UNIT, 1, 0);
        Out<Image> plain = Shown.image(padded, (image, x, y) -> {
            for (int c = 0; c < 3; c++) {
                image.writablePixels()
                        .set(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, 0) + c, (byte) (40 * y + x));
            }
        });

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(plain)), 6, 6);

        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 6; x++) {
                assertThat(shown.getRGB(x, y) & 0xFFFFFF).isEqualTo((40 * y + x) * 0x010101);
            }
        }
    }

    @Test
    @Tag("behaviour-190")
    void anImageBlendsAsItsOpacitySays() {
        Out<Image> back = Shown.grey(8, 8, (_, _) -> 200);
        Out<Image> front = Shown.grey(8, 8, (_, _) -> 40);

        View view = View.of(ImageLayer.of(back), ImageLayer.of(front).withOpacity(0.25));

        assertThat(Shown.of(view, 8, 8).getRGB(4, 4) & 0xFF).isEqualTo(160);
    }

    @Test
    @Tag("behaviour-190")
    void aFourthChannelIsTheOpacityOfEachPixel() {
        Out<Image> back = Shown.grey(8, 8, (_, _) -> 200);
        Out<Image> front = Shown.image(ImageSpec.of(8, 8, ChannelOrder.RGBA, ElementType.U8), (image, x, y) -> {
            long at = image.spec().offset(x, y, 0);
            image.writablePixels().asSlice(at, 3).fill((byte) 100);
            image.writablePixels().set(ValueLayout.JAVA_BYTE, at + 3, (byte) (x < 4 ? 0 : 51));
        });

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(back), ImageLayer.of(front)), 8, 8);

        assertThat(shown.getRGB(1, 4) & 0xFF).isEqualTo(200);
        assertThat(shown.getRGB(6, 4) & 0xFF).isEqualTo(180);
    }

    @Test
    @Tag("behaviour-190")
    void anOpacityThatIsNoneIsRefused() {
        ImageLayer layer = ImageLayer.of(Shown.grey(8, 8, (_, _) -> 0));
        assertThatThrownBy(() -> layer.withOpacity(1.1)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> layer.withOpacity(-0.1)).isInstanceOf(WrongUseException.class);
    }

    /// Of the geometry the spacing alone counts in a plane; in space all of it does, see [VolumePlaceTest].
    @Test
    @Tag("behaviour-189")
    void pixelsThatAreHigherThanWideAreShownSo() {
        Geometry tall = Geometry.UNIT.withSpacing(new Vector3(1, 2, 1));
        ImageSpec spec = ImageSpec.of(10, 10, ChannelOrder.GREY, ElementType.U8).with(tall);
        Out<Image> halves = Shown.image(spec, (image, x, y) -> image.writablePixels()
                .set(ValueLayout.JAVA_BYTE, spec.offset(x, y, 0), (byte) (y < 5 ? 50 : 200)));

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(halves)), 20, 20);

        assertThat(shown.getRGB(4, 10) & 0xFFFFFF).as("beside the image").isZero();
        assertThat(shown.getRGB(10, 1) & 0xFF).isEqualTo(50);
        assertThat(shown.getRGB(10, 8) & 0xFF).isEqualTo(50);
        assertThat(shown.getRGB(10, 18) & 0xFF).isEqualTo(200);
    }

    @Test
    @Tag("behaviour-189")
    void aPlacesTurnAndOriginAreOfNoConcernToAPlane() {
        Geometry away = new Geometry(
                Vector3.ONE,
                new Vector3(500, -70, 3),
                new Vector3(0, 1, 0),
                new Vector3(-1, 0, 0),
                new Vector3(0, 0, 1));
        ImageSpec spec = ImageSpec.of(8, 8, ChannelOrder.GREY, ElementType.U8).with(away);
        Out<Image> ramp = Shown.image(spec, (image, x, y) -> image.writablePixels()
                .set(ValueLayout.JAVA_BYTE, spec.offset(x, y, 0), (byte) (10 * x)));

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(ramp)), 8, 8);

        assertThat(shown.getRGB(0, 3) & 0xFF).isZero();
        assertThat(shown.getRGB(7, 3) & 0xFF).isEqualTo(70);
    }

    @Test
    @Tag("behaviour-189")
    void aVolumeIsRefused() {
        Out<Image> volume = Shown.image(ImageSpec.volume(8, 8, 3, ChannelOrder.GREY, ElementType.U8), (_, _, _) -> {});

        assertThatThrownBy(() -> Shown.of(View.of(ImageLayer.of(volume)), 8, 8))
                .hasMessageContaining("8 x 8 x 3")
                .hasMessageContaining("needed a 2-D image");
    }

    @Test
    void directionsAreRefusedAsColours() {
        Out<Image> flow =
                Shown.image(ImageSpec.of(8, 8, ChannelOrder.XY, ElementType.F32), (image, _, _) -> image.fill(0));

        assertThatThrownBy(() -> Shown.of(View.of(ImageLayer.of(flow)), 8, 8))
                .hasMessageContaining("whose channels are no colours");
    }

    @Test
    void aRangeIsThatOfTheLayer() {
        assertThat(Range.between(10, 30)).isEqualTo(new Range(20, 20));
        assertThat(ImageLayer.of(Shown.grey(2, 2, (_, _) -> 0)).range()).isEqualTo(Optional.empty());
    }

    @Test
    void looksAsItDid() throws IOException {
        Golden.check("image", Shown.of(View.of(ImageLayer.of(Tissue.image())), Tissue.WIDTH, Tissue.HEIGHT));
    }
}
