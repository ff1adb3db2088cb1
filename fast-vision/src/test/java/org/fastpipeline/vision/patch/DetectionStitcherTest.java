// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.network.NonMaximumSuppression;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Patches of 20 pixels with an overlap of 4 stand every 12 pixels, the first at -4.
final class DetectionStitcherTest {
    private final DetectionStitcher stitcher = new DetectionStitcher();
    private final NodeRun run = NodeRun.of(stitcher);

    @AfterEach
    void nothingIsLeftOpen() {
        run.close();
    }

    private static Patch patch(ImageSpec whole, long id) {
        PatchGrid grid =
                new PatchGrid(whole, new Extent(20, 20, 1), new Extent(4, 4, 0), Scale.FULL, OptionalDouble.empty());
        return new Patch(id, grid, 0, Metadata.EMPTY);
    }

    private void add(long id, Detection... found) {
        run.with(stitcher.patch, detections(found))
                .with(Patch.KEY, patch(Pictures.grey(60, 60), id))
                .execute();
    }

    private static Detections detections(Detection... found) {
        return new Detections(ImmutableList.copyOf(found));
    }

    private Detections result() {
        return run.end().get(stitcher.detections);
    }

    @Test
    @Tag("behaviour-119")
    void objectsAreMovedByThePlaceOfTheirPatchAndKeepLabelAndScore() {
        add(0, new Detection(new Box(5, 6, 2, 2), 3, 0.75));
        add(6, new Detection(new Box(5, 6, 2, 2), 1, 0.5), new Detection(new Box(1, 1, 9, 9), 2, 0.25));

        assertThat(result())
                .isEqualTo(detections(
                        new Detection(new Box(1, 2, 2, 2), 3, 0.75),
                        new Detection(new Box(13, 14, 2, 2), 1, 0.5),
                        new Detection(new Box(9, 9, 9, 9), 2, 0.25)));
    }

    @Test
    void objectsAreCutAtTheBorderAndThoseInThePaddingLeftOut() {
        add(0, new Detection(new Box(0, 0, 4, 4), 1, 0.5), new Detection(new Box(2, 3, 6, 7), 1, 0.5));

        assertThat(result()).isEqualTo(detections(new Detection(new Box(0, 0, 4, 6), 1, 0.5)));
    }

    @Test
    @Tag("behaviour-119")
    void whatTwoPatchesFoundStaysOnceWithItsHighestScoreIfSuppressionComesNext() {
        Detection left = new Detection(new Box(14, 10, 4, 4), 1, 0.5);
        Detection right = new Detection(new Box(2, 10, 4, 4), 1, 0.75);
        Detection other = new Detection(new Box(2, 10, 4, 4), 2, 0.625);
        add(0, left);
        add(1, right, other);
        Detections stitched = result();
        assertThat(stitched.size()).isEqualTo(3);

        NonMaximumSuppression suppression = new NonMaximumSuppression();
        try (NodeRun next = NodeRun.of(suppression)) {
            Box place = new Box(10, 6, 4, 4);
            assertThat(next.with(suppression.detections, stitched).execute().get(suppression.kept))
                    .isEqualTo(detections(new Detection(place, 1, 0.75), new Detection(place, 2, 0.625)));
        }
    }

    @Test
    void patchesWithoutAnyObjectGiveAnEmptySet() {
        add(0);

        assertThat(result()).isEqualTo(detections());
    }

    @Test
    void objectsInAVolumeAreRefused() {
        assertThatThrownBy(() -> run.with(stitcher.patch, detections())
                        .with(Patch.KEY, patch(Pictures.volume(60, 60, 3), 0))
                        .execute())
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("a volume of 3 slices");
    }
}
