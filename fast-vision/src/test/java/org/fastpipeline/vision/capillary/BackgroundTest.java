// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private static float green(Image background, int x, int y) {
        return background.pixels().get(ValueLayout.JAVA_FLOAT, background.spec().offset(x, y, 0) + Float.BYTES);
    }

    @Test
    void stillBackgroundFollowsTheLightAndNotTheVessels() {
        StillBackground still = new StillBackground();
        try (NodeRun run = NodeRun.of(still)) {
            Image bare = run.with(still.frame, Tissue.frame(run.memory(), 640, 320, List.of()))
                    .execute()
                    .get(still.background);
            Image withVessel = run.with(
                            still.frame, Tissue.frame(run.memory(), 640, 320, List.of(new Box(320, 100, 10, 60))))
                    .execute()
                    .get(still.background);

            assertThat(bare.spec()).isEqualTo(ImageSpec.of(160, 80, ChannelOrder.BGR, ElementType.F32));
            assertThat(green(bare, 10, 40)).isBetween(105f, 115f);
            assertThat(green(bare, 150, 40)).isBetween(140f, 150f);
            assertThat(green(withVessel, 81, 32)).isBetween(green(bare, 81, 32) - 3, green(bare, 81, 32) + 3);
        }
    }

    @Test
    void stillBackgroundOfOneValueIsThatValue() {
        StillBackground still = new StillBackground();
        try (NodeRun run = NodeRun.of(still)) {
            Image background = run.with(still.frame, Tissue.constant(run.memory(), 100, 100, 77))
                    .execute()
                    .get(still.background);

            assertThat(green(background, 0, 0)).isBetween(76.99f, 77.01f);
        }
    }

    @Test
    void learntBackgroundForgetsWhatPassesBy() {
        Mog2Background learnt = new Mog2Background();
        try (NodeRun run = NodeRun.of(learnt)) {
            for (int i = 0; i < 11; i++) {
                run.with(learnt.frame, passing(run, i)).execute();
            }
            Image background =
                    run.with(learnt.frame, passing(run, 11)).execute().get(learnt.background);
            Image bare = Tissue.frame(run.memory(), 320, 100, List.of());
            assertThat(background.spec()).isEqualTo(ImageSpec.of(320, 100, ChannelOrder.BGR, ElementType.U8));
            long at = bare.spec().offset(140, 40, 0) + 1;
            int expected = bare.pixels().get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            assertThat(background.pixels().get(ValueLayout.JAVA_BYTE, at) & 0xFF)
                    .isBetween(expected - 6, expected + 6);
        }
    }

    @Test
    void learntBackgroundBeginsAnewWhenTheFrameSizeChanges() {
        Mog2Background learnt = new Mog2Background();
        try (NodeRun run = NodeRun.of(learnt)) {
            run.with(learnt.frame, Tissue.constant(run.memory(), 40, 30, 50)).execute();
            Image other = run.with(learnt.frame, Tissue.constant(run.memory(), 60, 20, 90))
                    .execute()
                    .get(learnt.background);

            assertThat(other.spec().width()).isEqualTo(60);
            assertThat(other.pixels().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 90);
        }
    }

    private static Image passing(NodeRun run, int time) {
        return Tissue.frame(run.memory(), 320, 100, List.of(new Box(10 + 25 * time, 20, 10, 40)));
    }
}
