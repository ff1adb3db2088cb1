// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSpecTest {
    private static ImageSpec strided(long rowStride) {
        return new ImageSpec(10, 4, 2, ChannelOrder.RGB, ElementType.U16, 12, rowStride, Geometry.UNIT, 1, 0);
    }

    @Test
    void rowsArePackedUnlessAStrideIsGiven() {
        assertThat(ImageSpec.of(10, 4, ChannelOrder.RGB, ElementType.U16).rowStride())
                .isEqualTo(60);
    }

    @Test
    void allBitsAreSignificantUnlessSaidOtherwise() {
        assertThat(ImageSpec.of(10, 4, ChannelOrder.GREY, ElementType.U16).significantBits())
                .isEqualTo(16);
    }

    @Test
    void sizeInBytesCountsTheStride() {
        assertThat(strided(64).bytes()).isEqualTo(64L * 4 * 2);
    }

    @Test
    void aVolumeOfMoreThanTwoGibibytesIsCountedRight() {
        assertThat(ImageSpec.volume(2048, 2048, 1024, ChannelOrder.GREY, ElementType.F32)
                        .bytes())
                .isEqualTo(16L << 30);
    }

    @Test
    void aPixelHasTheBytesOfAllItsChannels() {
        assertThat(strided(64).pixelBytes()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "1, 0, 0, 6", "0, 1, 0, 64", "0, 0, 1, 256", "9, 3, 1, 502"})
    void aPixelLiesAfterTheSlicesRowsAndPixelsBeforeIt(int x, int y, int z, long offset) {
        assertThat(strided(64).offset(x, y, z)).isEqualTo(offset);
    }

    @Test
    void offsetsPastTwoGibibytesAreRight() {
        ImageSpec spec = ImageSpec.volume(2048, 2048, 1024, ChannelOrder.GREY, ElementType.F32);
        assertThat(spec.offset(2047, 2047, 1023)).isEqualTo(spec.bytes() - 4);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-5, 1, 1"})
    void emptyImagesAreRefused(int width, int height, int depth) {
        assertThatThrownBy(() -> ImageSpec.volume(width, height, depth, ChannelOrder.GREY, ElementType.U8))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("image: met size " + width + " x " + height + " x " + depth
                        + "; needed each 1 or more. Give a size");
    }

    @Test
    void aStrideThatIsTooSmallIsRefused() {
        assertThatThrownBy(() -> strided(59))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("image: met a row stride of 59 bytes; needed 60 or more. Give a larger stride");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 17})
    void bitsThatTheTypeDoesNotHaveAreRefused(int bits) {
        assertThatThrownBy(
                        () -> new ImageSpec(1, 1, 1, ChannelOrder.GREY, ElementType.U16, bits, 2, Geometry.UNIT, 1, 0))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("image: met " + bits + " significant bits; needed 1 to 16. Give fewer bits");
    }

    @Test
    void anotherChannelOrderPacksTheRowsAndKeepsTheRest() {
        Geometry geometry = Geometry.UNIT.withSpacing(new Vector3(0.5, 0.5, 2));
        ImageSpec spec = strided(64).with(geometry).with(ChannelOrder.GREY);
        assertThat(spec).isEqualTo(new ImageSpec(10, 4, 2, ChannelOrder.GREY, ElementType.U16, 12, 20, geometry, 1, 0));
    }

    @Test
    void anotherGeometryKeepsTheRest() {
        Geometry geometry = Geometry.UNIT.withSpacing(new Vector3(0.5, 0.5, 2));
        assertThat(strided(64).with(geometry).with(Geometry.UNIT)).isEqualTo(strided(64));
    }

    @Test
    void inWordsItIsSizeChannelsAndType() {
        assertThat(ImageSpec.of(1920, 1080, ChannelOrder.BGR, ElementType.U8)).hasToString("1920 x 1080 BGR U8");
        assertThat(strided(64)).hasToString("10 x 4 x 2 RGB U16");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, -1, 1", "1, 1, NaN"})
    void spacingIsAboveZero(double x, double y, double z) {
        Vector3 spacing = new Vector3(x, y, z);
        assertThatThrownBy(() -> Geometry.UNIT.withSpacing(spacing))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("geometry: met spacing " + spacing
                        + "; needed each above 0 mm. Give the sample distance in mm");
    }

    @Test
    void anotherSpacingKeepsOriginAndDirection() {
        Geometry turned = new Geometry(
                Vector3.ONE, new Vector3(1, 2, 3), new Vector3(0, 1, 0), new Vector3(1, 0, 0), new Vector3(0, 0, -1));
        Geometry spaced = turned.withSpacing(new Vector3(2, 2, 2));
        assertThat(spaced.withSpacing(Vector3.ONE)).isEqualTo(turned);
        assertThat(spaced.spacing()).isEqualTo(new Vector3(2, 2, 2));
    }
}
