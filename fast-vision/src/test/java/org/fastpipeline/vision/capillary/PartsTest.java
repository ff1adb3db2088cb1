// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartsTest {
    @Test
    void partsSmallerThanAQuarterOfTheLargestAreCleared() {
        byte[] mask = {
            0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 1, 0, 0, 1, 0, 0,
            0, 1, 1, 0, 0, 0, 0, 0,
            0, 1, 0, 0, 1, 1, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0,
        };
        // Areas 5, 1 and 2: a quarter of 5 is more than 1 and less than 2.
        assertThat(Parts.withoutSmall(mask, 8))
                .containsExactly(
                        0, 0, 0, 0, 0, 0, 0, 0, //
                        0, 1, 1, 0, 0, 0, 0, 0, //
                        0, 1, 1, 0, 0, 0, 0, 0, //
                        0, 1, 0, 0, 1, 1, 0, 0, //
                        0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void partsThatReachTheEdgeAreClearedUnlessNoneIsLarger() {
        byte[] mask = {
            0, 0, 0, 0, 1,
            1, 1, 1, 0, 1,
            1, 1, 0, 0, 0,
            0, 0, 0, 0, 0,
        };
        assertThat(Parts.withoutSmall(mask, 5))
                .containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void nothingHasNoParts() {
        assertThat(Parts.withoutSmall(new byte[6], 3)).containsOnly(0);
    }
}
