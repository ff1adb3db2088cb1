// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTest {
    private static final Region TEN = new Region(0, 0, 0, 10, 10, 10);

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-1, 1, 1"})
    void aRegionHasASize(int width, int height, int depth) {
        assertThatThrownBy(() -> new Region(0, 0, 0, width, height, depth))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met size " + width + " x " + height + " x " + depth);
    }

    @Test
    void whatLiesInBothIsTheirIntersection() {
        assertThat(TEN.intersection(new Region(-2, 5, 9, 4, 10, 10))).contains(new Region(0, 5, 9, 2, 5, 1));
    }

    @ParameterizedTest
    @CsvSource({"10, 0, 0", "0, 10, 0", "0, 0, 10", "-3, 0, 0"})
    void regionsThatOnlyTouchHaveNothingInCommon(int x, int y, int z) {
        assertThat(TEN.intersection(new Region(x, y, z, 3, 3, 3))).isEmpty();
    }

    @Test
    void aRegionAtTheEndOfTheNumbersDoesNotWrapAround() {
        Region far = new Region(Integer.MAX_VALUE - 1, 0, 0, 10, 1, 1);
        assertThat(TEN.intersection(far)).isEmpty();
        assertThat(far.intersection(far)).contains(far);
    }

    @Test
    void aRegionContainsWhatLiesWhollyInIt() {
        assertThat(TEN.contains(new Region(9, 9, 9, 1, 1, 1))).isTrue();
        assertThat(TEN.contains(new Region(9, 9, 9, 1, 1, 2))).isFalse();
    }
}
