// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BoxStitcherTest {
    private final BoxStitcher stitcher = new BoxStitcher();
    private final NodeRun run = NodeRun.of(stitcher);

    @AfterEach
    void nothingIsLeftOpen() {
        run.close();
    }

    private static Patch patch(ImageSpec whole, int overlap, long id) {
        PatchGrid grid = new PatchGrid(
                whole, new Extent(20, 20, 1), new Extent(overlap, overlap, 0), Scale.FULL, OptionalDouble.empty());
        return new Patch(id, grid, 0, Metadata.EMPTY);
    }

    private void add(Patch patch, Boxes boxes) {
        run.with(stitcher.patch, boxes).with(Patch.KEY, patch).execute();
    }

    private Boxes result() {
        return run.end().get(stitcher.boxes);
    }

    private static Boxes boxes(Box... boxes) {
        return new Boxes(ImmutableList.copyOf(boxes));
    }

    @Test
    @Tag("behaviour-119")
    void boxesAreMovedByThePlaceOfTheirPatch() {
        add(patch(Pictures.grey(60, 60), 0, 0), boxes(new Box(1, 2, 3, 4)));
        add(patch(Pictures.grey(60, 60), 0, 4), boxes(new Box(1, 2, 3, 4), new Box(5, 5, 1, 1)));

        assertThat(result()).isEqualTo(boxes(new Box(1, 2, 3, 4), new Box(21, 22, 3, 4), new Box(25, 25, 1, 1)));
    }

    @Test
    @Tag("behaviour-119")
    void overlapIsSubtracted() {
        // the stride is 12; patch 6 of a row of 5 stands at column 1, row 1, and begins at 12 - 4
        add(patch(Pictures.grey(60, 60), 4, 6), boxes(new Box(5, 6, 2, 2)));

        assertThat(result()).isEqualTo(boxes(new Box(13, 14, 2, 2)));
    }

    @Test
    @Tag("behaviour-119")
    void boxesThatAreReadStayAsTheyAre() {
        Boxes read = boxes(new Box(5, 6, 2, 2));
        add(patch(Pictures.grey(60, 60), 4, 6), read);

        assertThat(result()).isNotEqualTo(read);
        assertThat(read).isEqualTo(boxes(new Box(5, 6, 2, 2)));
    }

    @Test
    void boxesAreCutAtTheBorderAndThoseInThePaddingLeftOut() {
        add(patch(Pictures.grey(10, 10), 4, 0), boxes(new Box(0, 0, 4, 4), new Box(2, 3, 6, 20)));

        assertThat(result()).isEqualTo(boxes(new Box(0, 0, 4, 10)));
    }

    @Test
    void whatTwoPatchesFoundIsThereTwice() {
        add(patch(Pictures.grey(60, 60), 4, 0), boxes(new Box(14, 10, 2, 2)));
        add(patch(Pictures.grey(60, 60), 4, 1), boxes(new Box(2, 10, 2, 2)));

        assertThat(result()).isEqualTo(boxes(new Box(10, 6, 2, 2), new Box(10, 6, 2, 2)));
    }

    @Test
    void patchesWithoutAnyBoxGiveAnEmptySet() {
        add(patch(Pictures.grey(60, 60), 4, 0), Boxes.NONE);

        assertThat(result()).isEqualTo(Boxes.NONE);
    }

    @Test
    void boxesInAVolumeAreRefused() {
        assertThatThrownBy(() -> add(patch(Pictures.volume(60, 60, 3), 4, 0), boxes(new Box(5, 6, 2, 2))))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("a volume of 3 slices");
    }
}
