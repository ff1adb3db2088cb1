// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the whole is when patches are missing, failed, or no patches.
class MissingPatchTest {
    private final PatchGenerator generator = new PatchGenerator();
    private final PatchStitcher stitcher = new PatchStitcher();

    @Test
    @Tag("behaviour-114")
    void resultShowsNothingOfTheFrameBefore() {
        Through through = through(2);
        through.skipped = 1;
        through.skippedIn = "picture 1";

        try (Run run = Pipeline.to(stitcher.image).start()) {
            assertThat(Pictures.bytes(run.next().orElseThrow().get(stitcher.image)))
                    .isEqualTo(Pictures.expected(0, Pictures.colour(30, 10)));
            assertThat(Pictures.bytes(run.next().orElseThrow().get(stitcher.image)))
                    .isEqualTo(withoutSecondPatch(1));
        }
    }

    private Through through() {
        return through(1);
    }

    private Through through(int pictures) {
        generator.width.set(10);
        generator.height.set(10);
        Through through = new Through();
        ImageSpec[] specs = new ImageSpec[pictures];
        Arrays.fill(specs, Pictures.colour(30, 10));
        generator.image.from(new Pictures.Stream(specs).image);
        through.in.from(generator.patch);
        stitcher.patch.from(through.out);
        return through;
    }

    private static byte[] withoutSecondPatch(int number) {
        byte[] expected = Pictures.expected(number, Pictures.colour(30, 10));
        for (int y = 0; y < 10; y++) {
            for (int x = 10 * 3; x < 20 * 3; x++) {
                expected[y * 90 + x] = (byte) 255;
            }
        }
        return expected;
    }

    @Test
    void aPatchWithoutResultLeavesItsPlaceBlank() {
        through().skipped = 1;

        try (Run run = Pipeline.to(stitcher.image).start()) {
            assertThat(Pictures.bytes(run.next().orElseThrow().get(stitcher.image)))
                    .isEqualTo(withoutSecondPatch(0));
        }
    }

    @Test
    void aPatchThatFailedFailsTheWhole() {
        through().broken = 1;

        try (Run run = Pipeline.to(stitcher.image).start()) {
            assertThat(run.next().orElseThrow().failure().orElseThrow()).hasMessageContaining("no sense in this patch");
        }
    }

    @Test
    void aPatchThatFailedLeavesItsPlaceBlankWhereThatIsAllowed() {
        through().broken = 1;
        stitcher.tolerant.set(true);

        try (Run run = Pipeline.to(stitcher.image).start()) {
            assertThat(Pictures.bytes(run.next().orElseThrow().get(stitcher.image)))
                    .isEqualTo(withoutSecondPatch(0));
        }
    }

    @Test
    void aStreamOfPatchesThatFailedFailsEvenATolerantStitcher() {
        through();
        generator.width.set(0);
        stitcher.tolerant.set(true);

        try (Run run = Pipeline.to(stitcher.image).start()) {
            assertThat(run.next().orElseThrow().failure().orElseThrow()).hasMessageContaining("width: met no value");
        }
    }

    @Test
    void resultsOfAnotherSizeAreRefused() {
        through().crop = true;
        generator.overlap.set(0.2);

        try (Run run = Pipeline.to(stitcher.image).start(RunOptions.standard().failFast())) {
            assertThatThrownBy(run::next)
                    .isInstanceOf(FastException.class)
                    .hasMessageContaining("patchStitcher.patch")
                    .hasMessageContaining("met image 6 x 6 RGB U8; needed 10 x 10");
        }
    }

    @Test
    void resultHasTheMetadataOfWhatWasCut() {
        through();

        try (Run run = Pipeline.to(stitcher.image).start()) {
            Metadata metadata = run.next().orElseThrow().metadata(stitcher.image);
            assertThat(metadata.get(Metadata.ORIGIN)).hasValue("picture 0");
            assertThat(metadata.get(Metadata.INDEX)).hasValue(0L);
            assertThat(metadata.get(Metadata.COUNT)).isEmpty();
            assertThat(metadata.get(Patch.KEY)).isEmpty();
        }
    }

    @Test
    void framesThatAreNoPatchesAreRefused() {
        try (NodeRun run = NodeRun.of(stitcher)) {
            run.with(stitcher.patch, Pictures.picture(0, Pictures.grey(4, 4), run.memory()));

            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("without metadata 'patch'; needed a patch");
        }
    }
}
