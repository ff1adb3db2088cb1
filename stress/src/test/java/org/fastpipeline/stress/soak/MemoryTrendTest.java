// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MemoryTrendTest {
    private static final long MIB = 1 << 20;

    @Test
    void growthIsToldInMebibytesPerTenThousandFrames() {
        MemoryTrend trend = new MemoryTrend();
        for (int i = 0; i < 100; i++) {
            trend.add(1000L * i, 500 * MIB + i * MIB / 5);
        }

        assertThat(trend.slope()).isCloseTo(2.0, within(1e-3));
        assertThat(trend.frames()).isEqualTo(99_000);
    }

    @Test
    void aFewMomentsOfHighMemoryAreNoGrowth() {
        MemoryTrend trend = new MemoryTrend();
        for (int i = 0; i < 100; i++) {
            trend.add(1000L * i, (i % 10 == 9 || i > 90 ? 900 : 500) * MIB);
        }

        assertThat(trend.slope()).isZero();
    }

    @Test
    void noFramesHaveNoSlope() {
        MemoryTrend trend = new MemoryTrend();
        trend.add(0, MIB);
        trend.add(0, 2 * MIB);

        assertThat(trend.slope()).isZero();
    }
}
