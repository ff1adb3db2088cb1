// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Patches as streams: below many frames at once, below one another, and very many of them.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PatchStreamsTest {
    private static PatchGenerator generator(Out<Image> from, int width, int height, double overlap) {
        PatchGenerator generator = new PatchGenerator();
        generator.image.from(from);
        generator.width.set(width);
        generator.height.set(height);
        generator.overlap.set(overlap);
        return generator;
    }

    private static PatchStitcher stitcher(Out<Image> from) {
        PatchStitcher stitcher = new PatchStitcher();
        stitcher.patch.from(from);
        return stitcher;
    }

    private static void assertEqualsInputs(PatchStitcher stitcher, int workers, ImageSpec... specs) {
        try (Run run = Pipeline.to(stitcher.image).start(RunOptions.standard().withWorkers(workers))) {
            int number = 0;
            for (Frame frame : run) {
                Image result = frame.get(stitcher.image);
                assertThat(result.spec()).isEqualTo(specs[number]);
                assertThat(Pictures.bytes(result)).isEqualTo(Pictures.expected(number, specs[number]));
                assertThat(frame.metadata(stitcher.image).get(Metadata.ORIGIN)).hasValue("picture " + number);
                number++;
            }
            assertThat(number).isEqualTo(specs.length);
        }
    }

    private static ImageSpec[] specs(int count) {
        ImageSpec[] specs = new ImageSpec[count];
        for (int i = 0; i < count; i++) {
            specs[i] = Pictures.colour(40 + 7 * i % 60, 90 - 11 * i % 70);
        }
        return specs;
    }

    @Test
    void patchesOfManyFramesAtOnceAreEachJoinedToTheirOwnFrame() {
        ImageSpec[] specs = specs(24);
        PatchGenerator patches = generator(new Pictures.Stream(specs).image, 16, 12, 0.1);

        assertEqualsInputs(stitcher(patches.patch), 4, specs);
    }

    @Test
    void patchesOfPatchesAreStitchedBackInTwoSteps() {
        ImageSpec[] specs = specs(6);
        PatchGenerator outer = generator(new Pictures.Stream(specs).image, 40, 32, 0.125);
        PatchGenerator inner = generator(outer.patch, 12, 14, 0.1);
        PatchStitcher patch = stitcher(inner.patch);

        assertEqualsInputs(stitcher(patch.image), 4, specs);
    }

    /// Writes down what a patch of a patch knows of itself and of what it lies in.
    private static final class Places extends Stateless {
        final In<Image> patch = in("patch", Image.class);
        final In<Image> outer = in("outer", Image.class);
        final In<Image> frame = in("frame", Image.class);
        final Out<String> place = out("place", String.class);

        @Override
        public void execute(Step step) {
            Patch own = Patch.of(step);
            Patch above = own.outer().get(Patch.KEY).orElseThrow();
            step.put(
                    place,
                    step.metadata().get(Metadata.ORIGIN).orElseThrow() + "/" + above.id() + "/" + own.id() + " of "
                            + step.get(frame).width() + " > " + step.get(outer).width() + " > "
                            + step.get(patch).width());
        }
    }

    @Test
    void patchOfAPatchReadsAllThatItLiesIn() {
        Pictures.Stream pictures = new Pictures.Stream(Pictures.grey(8, 4), Pictures.grey(4, 4));
        PatchGenerator outer = generator(pictures.image, 4, 4, 0);
        PatchGenerator inner = generator(outer.patch, 2, 4, 0);
        Places places = new Places();
        places.patch.from(inner.patch);
        places.outer.from(outer.patch);
        places.frame.from(pictures.image);
        List<String> seen = new ArrayList<>();

        try (Run run = Pipeline.to(places.place).start()) {
            run.forEach(frame -> seen.add(frame.get(places.place)));
        }

        assertThat(seen)
                .containsExactly(
                        "picture 0/0/0 of 8 > 4 > 2",
                        "picture 0/0/1 of 8 > 4 > 2",
                        "picture 0/1/0 of 8 > 4 > 2",
                        "picture 0/1/1 of 8 > 4 > 2",
                        "picture 1/0/0 of 4 > 4 > 2",
                        "picture 1/0/1 of 4 > 4 > 2");
    }

    @Test
    @Tag("behaviour-73")
    void whatTheFrameSaysOfItsOwnStreamIsNotTakenForThePatches() {
        // INDEX and COUNT stand in for FAST's last-frame mark: patches have their own, which shadow the frame's
        PatchGenerator patches =
                generator(new Pictures.Stream(Pictures.grey(8, 4), Pictures.grey(8, 4)).image, 4, 4, 0);
        List<String> seen = new ArrayList<>();

        try (Run run = Pipeline.to(patches.patch).start()) {
            for (Frame frame : run) {
                Metadata metadata = frame.metadata(patches.patch);
                seen.add(metadata.get(Metadata.INDEX).orElseThrow() + " of "
                        + metadata.get(Metadata.COUNT).orElseThrow());
            }
        }

        assertThat(seen).containsExactly("0 of 2", "1 of 2", "0 of 2", "1 of 2");
    }

    @Test
    @Tag("behaviour-73")
    void whatElseIsKnownOfTheFrameIsKnownOfItsPatches() {
        PatchGenerator patches = generator(new Pictures.Stream(Pictures.grey(8, 4)).image, 4, 4, 0);

        try (Run run = Pipeline.to(patches.patch).start()) {
            run.forEach(frame -> assertThat(frame.metadata(patches.patch).get(Metadata.ORIGIN))
                    .hasValue("picture 0"));
        }
    }

    /// Makes something large of a patch.
    private static final class Inflate extends Stateless {
        final In<Image> in = in("in", Image.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public void execute(Step step) {
            Tensor large = Tensor.allocate(TensorSpec.of("C", ElementType.U8, 1 << 16), step.memory());
            large.writableElements().fill((byte) 1);
            step.put(out, large);
        }
    }

    /// Gives the patch once what was made of it is there.
    private static final class Deflate extends Stateless {
        final In<Tensor> large = in("large", Tensor.class);
        final In<Image> in = in("in", Image.class);
        final Out<Image> out = out("out", Image.class);

        @Override
        public void execute(Step step) {
            step.put(out, step.get(in));
        }
    }

    @Test
    void twentyThousandPatchesOfOneFramePassInBoundedMemory() {
        ImageSpec spec = Pictures.grey(3200, 1600);
        PatchGenerator patches = generator(new Pictures.Stream(spec).image, 16, 16, 0);
        Inflate inflate = new Inflate();
        inflate.in.from(patches.patch);
        Deflate deflate = new Deflate();
        deflate.large.from(inflate.out);
        deflate.in.from(patches.patch);
        PatchStitcher whole = stitcher(deflate.out);

        RunOptions options = RunOptions.standard().withWorkers(2).withMemoryCap(32L << 20);
        try (Run run = Pipeline.to(whole.image).start(options)) {
            assertThat(Pictures.bytes(run.next().orElseThrow().get(whole.image)))
                    .isEqualTo(Pictures.expected(0, spec));
            // image and result take 5 MiB each in blocks of 6 MiB; what is made of the patches would take 1250 MiB
            assertThat(run.report().peakBytes()).isLessThanOrEqualTo(13L << 20);
        }
    }

    @Test
    void patchesOfAnySizeAndOverlapMakeTheImageTheyWereCutFrom() {
        long seed = 20_261_121;
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            boolean flat = random.nextBoolean();
            ImageSpec spec = flat
                    ? Pictures.colour(1 + random.nextInt(60), 1 + random.nextInt(60))
                    : Pictures.volume(1 + random.nextInt(30), 1 + random.nextInt(30), 1 + random.nextInt(12));
            int width = 1 + random.nextInt(40);
            int height = 1 + random.nextInt(40);
            double overlap = random.nextInt(5) * 0.08;
            PatchGenerator patches = generator(new Pictures.Stream(spec).image, width, height, overlap);
            patches.depth.set(flat ? 1 : 1 + random.nextInt(8));
            PatchStitcher stitcher = stitcher(patches.patch);
            Extent size = new Extent(width, height, patches.depth.value());
            Extent pixels = PatchGrid.overlap(size, overlap);
            if (2 * pixels.x() < size.x() && 2 * pixels.y() < size.y() && 2 * pixels.z() < size.z()) {
                try (Run run = Pipeline.to(stitcher.image).start()) {
                    assertThat(Pictures.bytes(run.next().orElseThrow().get(stitcher.image)))
                            .as("seed %d, round %d: %s in %s by %s", seed, round, spec, size, overlap)
                            .isEqualTo(Pictures.expected(0, spec));
                }
                assertPatches(patches, spec, seed, round);
            }
        }
    }

    private static void assertPatches(PatchGenerator patches, ImageSpec spec, long seed, int round) {
        try (Run run = Pipeline.to(patches.patch).start()) {
            for (Frame frame : run) {
                Patch patch = frame.metadata(patches.patch).get(Patch.KEY).orElseThrow();
                int outside = (int) spec.blank();
                assertThat(Pictures.bytes(frame.get(patches.patch)))
                        .as("seed %d, round %d: %s", seed, round, patch.region())
                        .isEqualTo(Pictures.expected(0, spec, patch.region(), outside));
            }
        }
    }
}
