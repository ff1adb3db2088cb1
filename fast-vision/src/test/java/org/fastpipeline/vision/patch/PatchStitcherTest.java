// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.PyramidSpec;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchStitcherTest {
    private final PatchGenerator generator = new PatchGenerator();
    private final PatchStitcher stitcher = new PatchStitcher();

    @TempDir
    private Path folder;

    /// Hands patches on, several at once; leaves some out, breaks on others; may cut the overlap off.
    private static final class Through extends Stateless {
        final In<Image> in = in("in", Image.class);
        final Out<Image> out = out("out", Image.class);
        int batch = 1;
        long skipped = -1;
        String skippedIn = "picture 0";
        long broken = -1;
        boolean crop;

        @Override
        public int batch() {
            return batch;
        }

        @Override
        public void execute(Step step) {
            Patch patch = Patch.of(step);
            if (patch.id() == broken) {
                throw new IllegalStateException("no sense in this patch");
            }
            if (patch.id() == skipped && step.metadata().get(Metadata.ORIGIN).equals(Optional.of(skippedIn))) {
                step.skip(out, "not this one");
            } else if (crop) {
                Extent at = patch.grid().overlap();
                Extent size = patch.grid().stride();
                Region own = new Region(at.x(), at.y(), at.z(), size.x(), size.y(), size.z());
                step.put(out, step.get(in).part(own, 0, step.memory()));
            } else {
                step.put(out, step.get(in));
            }
        }
    }

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
        size(10, 10, 1, 0);
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

    private List<String> kinds(int width, int height, boolean always) {
        PyramidPatchGenerator patches = new PyramidPatchGenerator();
        PatchStitcher both = new PatchStitcher();
        patches.image.from(new Pictures.Slide(Pictures.pyramid(Pictures.grey(width, height), 20, 1)).pyramid);
        patches.width.set(1024);
        patches.height.set(1024);
        both.patch.from(patches.patch);
        both.alwaysPyramid.set(always);
        both.folder.set(folder);
        List<String> kinds = new ArrayList<>();
        try (Run run = Pipeline.to(both.image, both.pyramid).start()) {
            Frame frame = run.next().orElseThrow();
            if (frame.outcome(both.image) instanceof Outcome.Value<Image>) {
                kinds.add("image");
            }
            if (frame.outcome(both.pyramid) instanceof Outcome.Value<ImagePyramid>) {
                kinds.add("pyramid");
            }
        }
        return kinds;
    }

    @Test
    @Tag("behaviour-109")
    void resultBelow8192PixelsOnBothSidesIsAnImage() {
        assertThat(kinds(8191, 600, false)).containsExactly("image");
    }

    @Test
    @Tag("behaviour-109")
    void resultOf8192PixelsOnASideIsAPyramid() {
        assertThat(kinds(8192, 600, false)).containsExactly("pyramid");
        assertThat(kinds(600, 8192, false)).containsExactly("pyramid");
    }

    @Test
    @Tag("behaviour-109")
    void smallResultIsAPyramidIfThatIsAsked() {
        assertThat(kinds(600, 600, true)).containsExactly("pyramid");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @Tag("behaviour-110")
    void resultAtAMagnificationBetweenLevelsHasTheSizeOfThatMagnification() {
        // level 1 is 400 x 250 pixels at 5 times; its factor for 2.22 times is 2.2523
        PyramidSpec slide = Pictures.pyramid(Pictures.colour(1600, 1000), 20, 1, 4, 16);
        PyramidPatchGenerator patches = new PyramidPatchGenerator();
        patches.image.from(new Pictures.Slide(slide).pyramid);
        patches.width.set(48);
        patches.height.set(64);
        patches.overlap.set(0.125);
        patches.magnification.set(OptionalDouble.of(2.22));
        stitcher.patch.from(patches.patch);
        stitcher.alwaysPyramid.set(true);
        stitcher.folder.set(folder);

        try (Run run = Pipeline.to(stitcher.pyramid).start();
                MemoryPool pool = new MemoryPool(1 << 24, true);
                ImagePyramid direct =
                        Pictures.slide(slide, new AtomicInteger(), bytes -> pool.allocate(bytes, "test"))) {
            ImagePyramid result = run.next().orElseThrow().get(stitcher.pyramid);
            double factor = 5 / 2.22;
            // 177.6 columns
            assertThat(result.spec().image().width()).isEqualTo((int) Math.round(400 / factor));
            assertThat(result.spec().image().height()).isEqualTo((int) Math.round(250 / factor));
            assertThat(result.spec().magnification().orElseThrow()).isBetween(2.2199, 2.2201);
            Box all = result.spec().image().region().box();
            try (Image stitched = result.read(0, all, bytes -> pool.allocate(bytes, "test"));
                    Image whole = direct.read(slide.at(2.22), all, 255, bytes -> pool.allocate(bytes, "test"))) {
                assertThat(Pictures.bytes(stitched)).isEqualTo(Pictures.bytes(whole));
                assertThat(stitched.spec().geometry()).isEqualTo(whole.spec().geometry());
            }
        }
    }

    @Test
    void blocksOfAVolumeStayAVolumeEvenIfAPyramidIsAsked() {
        size(20, 20, 2, 0);
        stitcher.alwaysPyramid.set(true);
        assertStitchedEqualsInput(Pictures.volume(50, 33, 7));
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
