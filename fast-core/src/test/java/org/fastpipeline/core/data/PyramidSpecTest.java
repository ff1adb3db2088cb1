// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.PyramidSpec.Level;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyramidSpecTest {
    private static final ImageSpec IMAGE = ImageSpec.of(1600, 1000, ChannelOrder.RGB, ElementType.U8);

    /// 20, 5 and 1.25 times.
    private static final PyramidSpec SLIDE = new PyramidSpec(
            IMAGE,
            ImmutableList.of(
                    new Level(1600, 1000, 1, 256, 256),
                    new Level(400, 250, 4, 256, 256),
                    new Level(100, 62, 16, 256, 256)),
            OptionalDouble.of(20));

    private static PyramidSpec unknown(double spacing) {
        Geometry geometry = Geometry.UNIT.withSpacing(new Vector3(spacing, spacing, 1));
        return PyramidSpec.halved(IMAGE.with(geometry), OptionalDouble.empty());
    }

    @Test
    void levelsHalveUntilBothSidesAreBelow4096Pixels() {
        PyramidSpec halved =
                PyramidSpec.halved(ImageSpec.of(16_385, 3, ChannelOrder.GREY, ElementType.U8), OptionalDouble.empty());

        assertThat(halved.levels())
                .extracting(Level::width, Level::height, Level::downsample)
                .containsExactly(tuple(16_385, 3, 1.0), tuple(8193, 2, 2.0), tuple(4097, 1, 4.0), tuple(2049, 1, 8.0));
    }

    @Test
    void spacingGrowsWithTheLevelAndTheFirstPixelMovesToTheMiddleOfItsBlock() {
        Geometry geometry = SLIDE.image(new Scale(1, 2)).geometry();

        assertThat(geometry.spacing()).isEqualTo(new Vector3(8, 8, 1));
        assertThat(geometry.origin()).isEqualTo(new Vector3(3.5, 3.5, 0));
    }

    @Test
    @Tag("behaviour-100")
    void magnificationIsThatOfTheObjectiveOrWhatItIsSetTo() {
        assertThat(SLIDE.magnification(Scale.FULL)).isEqualTo(20);
        assertThat(SLIDE.withMagnification(40).magnification(Scale.FULL)).isEqualTo(40);
        assertThat(SLIDE.magnification(new Scale(1, 2))).isEqualTo(2.5);
    }

    @Test
    @Tag("behaviour-100")
    void anUnknownMagnificationIsAnError() {
        assertThatThrownBy(() -> unknown(0.00025).magnification(Scale.FULL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its magnification is not known. Set it, allow that it is guessed");
    }

    @ParameterizedTest
    @Tag("behaviour-100")
    @CsvSource({"0.25, 40", "0.5, 20", "1, 10", "2, 5", "10, 1"})
    void magnificationIsGuessedFromTheSpacingInMicrometres(double spacing, double magnification) {
        PyramidSpec guessed = unknown(spacing / 1000).withGuessedMagnification();

        assertThat(guessed.magnification(Scale.FULL)).isCloseTo(magnification, within(1e-9));
    }

    @Test
    @Tag("behaviour-100")
    void whatIsKnownIsNotGuessed() {
        assertThat(SLIDE.withGuessedMagnification()).isEqualTo(SLIDE);
    }

    @ParameterizedTest
    @Tag("behaviour-101")
    @CsvSource({"20, 0", "5, 1", "1.25, 2"})
    void levelIsFoundByItsMagnification(double magnification, int level) {
        assertThat(SLIDE.levelOf(magnification)).isEqualTo(level);
    }

    @Test
    @Tag("behaviour-101")
    void noLevelIsAnError() {
        assertThatThrownBy(() -> SLIDE.levelOf(10))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("met a wish for magnification 10.0; needed that of a level");
    }

    @ParameterizedTest
    @CsvSource({"20, 0, 1", "10, 0, 2", "5, 1, 1", "2.5, 1, 2", "1.25, 2, 1", "5.5, 1, 1", "4.6, 1, 1", "22, 0, 1"})
    void aMagnificationIsReadAtTheSmallestLevelThatHasEnoughPixels(double wanted, int level, double reduction) {
        assertThat(SLIDE.at(wanted)).isEqualTo(new Scale(level, reduction));
    }

    @Test
    void aLevelThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> SLIDE.level(3))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "pyramid of 1600 x 1000 RGB U8 in 3 levels: met level 3; needed 0 to 2. Ask for one of those");
    }

    @ParameterizedTest
    @CsvSource({"1599, 1000", "1600, 999"})
    void levelsThatDoNotBeginWithTheImageAreRefused(int width, int height) {
        ImmutableList<Level> levels = ImmutableList.of(new Level(width, height, 1, 256, 256));
        assertThatThrownBy(() -> new PyramidSpec(IMAGE, levels, OptionalDouble.empty()))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("needed a 2-D image and its size as level 0");
    }

    @Test
    void aPyramidWithoutLevelsIsRefused() {
        assertThatThrownBy(() -> new PyramidSpec(IMAGE, ImmutableList.of(), OptionalDouble.empty()))
                .isInstanceOf(WrongUseException.class);
    }

    @Test
    void aVolumeHasNoPyramid() {
        ImageSpec volume = ImageSpec.volume(1600, 1000, 2, ChannelOrder.GREY, ElementType.U8);
        assertThatThrownBy(() -> PyramidSpec.halved(volume, OptionalDouble.empty()))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("needed a 2-D image");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 1, 1", "1, 0, 1, 1, 1", "1, 1, 0.5, 1, 1", "1, 1, NaN, 1, 1", "1, 1, 1, 0, 1", "1, 1, 1, 1, 0"
    })
    void aLevelHasASizeAndTilesAndIsNotLargerThanTheImage(
            int width, int height, double downsample, int tileWidth, int tileHeight) {
        assertThatThrownBy(() -> new Level(width, height, downsample, tileWidth, tileHeight))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met " + width + " x " + height + ", tiles " + tileWidth + " x " + tileHeight);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "0, NaN", "-1, 1"})
    void aScaleIsAtALevelOrBelowIt(int level, double reduction) {
        assertThatThrownBy(() -> new Scale(level, reduction))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met level " + level + " reduced by " + reduction);
    }

    @Test
    void moreThanTheImageHasIsAnError() {
        assertThatThrownBy(() -> SLIDE.at(40))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("40");
    }
}
