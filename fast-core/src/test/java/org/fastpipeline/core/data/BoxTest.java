// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxTest {
    private static final ImmutableList<String> LABELS = ImmutableList.of("other", "capillary");

    @Test
    void areaIsItsPixels() {
        assertThat(new Box(-3, 5, 7, 9).area()).isEqualTo(63);
    }

    @Test
    void areaOfAHugeBoxIsRight() {
        assertThat(new Box(0, 0, 100_000, 100_000).area()).isEqualTo(10_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-2, 3"})
    void emptyBoxesAreRefused(int width, int height) {
        assertThatThrownBy(() -> new Box(0, 0, width, height))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("box: met size " + width + " x " + height + "; needed 1 or more. Drop empty boxes");
    }

    @Test
    void boxesKeepTheirOrder() {
        Box left = new Box(0, 0, 1, 1);
        Box right = new Box(5, 0, 1, 1);
        Boxes boxes = new Boxes(ImmutableList.of(right, left));
        assertThat(boxes.boxes()).containsExactly(right, left);
        assertThat(boxes.size()).isEqualTo(2);
        assertThat(Boxes.NONE.size()).isZero();
    }

    @Test
    void scoresAreFoundByItemAndLabel() {
        Scores scores = new Scores(LABELS, ImmutableDoubleArray.of(0.9, 0.1, 0.2, 0.8));
        assertThat(scores.items()).isEqualTo(2);
        assertThat(scores.score(1, 1)).isEqualTo(0.8);
        assertThat(scores.score(0, 0)).isEqualTo(0.9);
    }

    @Test
    void thereMayBeScoresOfNoItem() {
        assertThat(new Scores(LABELS, ImmutableDoubleArray.of()).items()).isZero();
    }

    @Test
    void scoresThatDoNotFillTheirItemsAreRefused() {
        assertThatThrownBy(() -> new Scores(LABELS, ImmutableDoubleArray.of(0.9, 0.1, 0.2)))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("scores: met 3 values for labels [other, capillary]; needed one per item and label. "
                        + "Name each class that the network tells apart");
    }

    @Test
    void scoresWithoutLabelsAreRefused() {
        assertThatThrownBy(() -> new Scores(ImmutableList.of(), ImmutableDoubleArray.of()))
                .isInstanceOf(WrongUseException.class);
    }
}
