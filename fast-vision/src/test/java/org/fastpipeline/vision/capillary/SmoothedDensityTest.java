// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;

class SmoothedDensityTest {
    private final SmoothedDensity node = new SmoothedDensity();

    private double next(NodeRun run, long percent, long millis) {
        return run.with(node.density, new Density(percent, 100))
                .with(Metadata.TIME, Duration.ofMillis(millis))
                .execute()
                .get(node.smoothed);
    }

    @Test
    void stepIsFollowedToOneMinusOneOverEAfterTheTimeConstant() {
        try (NodeRun run = NodeRun.of(node).with(node.timeConstant, 4.0)) {
            assertThat(next(run, 10, 0)).isEqualTo(0.1);
            double last = 0;
            for (int frame = 1; frame <= 4; frame++) {
                last = next(run, 20, frame);
            }
            assertThat(last).isCloseTo(0.2 - 0.1 / Math.E, within(1e-12));
        }
    }

    @Test
    void nextVideoBeginsAnew() {
        try (NodeRun run = NodeRun.of(node)) {
            next(run, 10, 0);
            next(run, 10, 40);

            assertThat(next(run, 30, 0)).isEqualTo(0.3);
        }
    }

    @Test
    void stillPicturesAreSkippedUnlessTheyAreSaidToBelongTogether() {
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.density, new Density(1, 2));
            assertThat(run.execute().outcome(node.smoothed)).isEqualTo(new Outcome.Skipped<>("a still picture"));
        }
        try (NodeRun run = NodeRun.of(node).with(node.untimed, true)) {
            run.with(node.density, new Density(1, 2));
            assertThat(run.execute().get(node.smoothed)).isEqualTo(0.5);
        }
    }
}
