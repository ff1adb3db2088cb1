// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.PyramidSpec;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a result is a pyramid, and what that holds.
class StitchedPyramidTest {
    private final PatchStitcher stitcher = new PatchStitcher();

    @TempDir
    private Path folder;

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
}
