// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DiceTest {
    private static final int MANY = 200_000;

    @Test
    void normalNumbersHaveTheirMeanAndDeviation() {
        Dice dice = Dice.of(1);
        float[] values = new float[MANY];
        for (int i = 0; i < MANY; i++) {
            values[i] = dice.normal();
        }
        check(values, 1);
    }

    @Test
    void noiseHasItsDeviation() {
        float[] row = new float[MANY];
        Dice.of(2).addNoise(row, 3);
        check(row, 3);
    }

    private static void check(float[] values, double deviation) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        assertThat(sum / MANY).isCloseTo(0, within(0.02 * deviation));
        assertThat(Math.sqrt(squares / MANY)).isCloseTo(deviation, within(0.02 * deviation));
    }

    @Test
    void onePurposeDoesNotShiftTheNumbersOfAnother() {
        float second = Dice.of(1, 2, 3).between(0, 1);
        Dice.of(1, 2, 2).between(0, 1);
        assertThat(Dice.of(1, 2, 3).between(0, 1)).isEqualTo(second);
        assertThat(Dice.of(1, 3, 2).between(0, 1)).isNotEqualTo(second);
    }

    @Test
    void lightFallsAsTheExponentialDoes() {
        for (float u = -1; u < 5; u += 0.1f) {
            assertThat(Tables.fallen(u) / Math.exp(-u)).isCloseTo(1, within(1e-3));
        }
    }
}
