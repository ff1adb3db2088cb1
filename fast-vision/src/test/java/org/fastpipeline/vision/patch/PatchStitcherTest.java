// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PatchStitcherTest {
    private final PatchGenerator generator = new PatchGenerator();
    private final PatchStitcher stitcher = new PatchStitcher();

    private void size(int width, int height, int depth, double overlap) {
        generator.width.set(width);
        generator.height.set(height);
        generator.depth.set(depth);
        generator.overlap.set(overlap);
    }

    private void assertStitchedEqualsInput(ImageSpec... specs) {
        generator.image.from(new Pictures.Stream(specs).image);
        stitcher.patch.from(generator.patch);
        assertResults(specs);
    }

    private void assertResults(ImageSpec... specs) {
        try (Run run = Pipeline.to(stitcher.image).start(RunOptions.standard().withWorkers(2))) {
            for (int number = 0; number < specs.length; number++) {
                Frame frame = run.next().orElseThrow();
                Image result = frame.get(stitcher.image);
                assertThat(result.spec()).isEqualTo(specs[number]);
                assertThat(Pictures.bytes(result)).isEqualTo(Pictures.expected(number, specs[number]));
            }
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    @Tag("behaviour-106")
    void patchesOfAnImageMakeThatImage() {
        size(32, 24, 1, 0);
        assertStitchedEqualsInput(Pictures.colour(100, 70));
    }

    @Test
    @Tag("behaviour-106")
    void overlappingPatchesOfAnImageMakeThatImage() {
        size(32, 24, 1, 0.1);
        assertStitchedEqualsInput(Pictures.colour(100, 70));
    }

    @Test
    @Tag("behaviour-107")
    void slabsOfAVolumeMakeThatVolumeTheLastOneCropped() {
        size(64, 64, 8, 0);
        assertStitchedEqualsInput(Pictures.volume(64, 64, 21));
    }

    @Test
    @Tag("behaviour-107")
    void overlappingBlocksOfAVolumeMakeThatVolume() {
        size(20, 16, 10, 0.2);
        assertStitchedEqualsInput(Pictures.volume(50, 33, 21));
    }

    @Test
    @Tag("behaviour-108")
    void slicesOfAVolumeMakeThatVolume() {
        size(20, 20, 1, 0);
        assertStitchedEqualsInput(Pictures.volume(50, 33, 7));
    }

    @Test
    @Tag("behaviour-114")
    void everyFrameHasAResultOfItsOwn() {
        size(32, 24, 1, 0.1);
        assertStitchedEqualsInput(Pictures.colour(100, 70), Pictures.colour(40, 90), Pictures.colour(100, 70));
    }

    @Test
    @Tag("behaviour-112")
    void patchesThatAreWorkedOnSeveralAtOnceKeepTheirPlaces() {
        // there is no batch type: a node that takes several frames at once sees and gives each with its own metadata
        size(16, 16, 1, 0.125);
        ImageSpec spec = Pictures.colour(100, 70);
        Through through = new Through();
        through.batch = 4;
        generator.image.from(new Pictures.Stream(spec).image);
        through.in.from(generator.patch);
        stitcher.patch.from(through.out);
        assertResults(spec);
    }

    @Test
    @Tag("behaviour-115")
    void patchesThatComeWithoutTheirOverlapAreNotCroppedAgain() {
        size(32, 24, 1, 0.25);
        ImageSpec spec = Pictures.colour(100, 70);
        Through through = new Through();
        through.crop = true;
        generator.image.from(new Pictures.Stream(spec).image);
        through.in.from(generator.patch);
        stitcher.patch.from(through.out);
        stitcher.cropped.set(true);
        assertResults(spec);
    }

    @Test
    void blocksOfAVolumeStayAVolumeEvenIfAPyramidIsAsked() {
        size(20, 20, 2, 0);
        stitcher.alwaysPyramid.set(true);
        assertStitchedEqualsInput(Pictures.volume(50, 33, 7));
    }
}
