// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("behaviour-95")
class MaskTest {
    private static final Geometry IMAGE = Geometry.UNIT.withSpacing(new Vector3(0.5, 2, 1));

    private final PatchGenerator generator = new PatchGenerator();
    private final NodeRun run = NodeRun.of(generator);

    @AfterEach
    void nothingIsLeftOpen() {
        run.close();
    }

    /// A mask that is set in one block.
    private Image mask(ImageSpec spec, Region set) {
        Image mask = Image.allocate(spec, run.memory());
        mask.fill(0);
        try (Image block = Image.allocate(spec.part(set), run.memory())) {
            block.fill(255);
            mask.paste(block, block.spec().region(), set.x(), set.y(), set.z());
        }
        return mask;
    }

    private static ImageSpec grey(int width, int height, Geometry geometry) {
        return ImageSpec.of(width, height, ChannelOrder.GREY, ElementType.U8).with(geometry);
    }

    /// The numbers of the patches of 10 x 10 pixels that a mask leaves of an image of 40 x 40.
    private List<Long> left(Image mask, double threshold) {
        return run
                .with(generator.image, Image.allocate(grey(40, 40, IMAGE), run.memory()))
                .with(generator.mask, mask)
                .with(generator.maskThreshold, threshold)
                .with(generator.width, 10)
                .with(generator.height, 10)
                .all()
                .stream()
                .map(result -> result.metadata().get(Patch.KEY).orElseThrow().id())
                .toList();
    }

    @Test
    void onlyPatchesInTheMaskAreGivenOut() {
        Image mask = mask(grey(40, 40, IMAGE), new Region(0, 0, 0, 20, 10, 1));

        assertThat(left(mask, 0.5)).containsExactly(0L, 1L);
    }

    @Test
    void shareOfThePatchMustReachTheThreshold() {
        // of patch 0 all, of patch 1 six tenths, of patch 4 half, of patch 5 three tenths
        Image mask = mask(grey(40, 40, IMAGE), new Region(0, 0, 0, 16, 15, 1));

        assertThat(left(mask, 0.5)).containsExactly(0L, 1L, 4L);
    }

    @Test
    void aThresholdOfOneWantsAllOfThePatch() {
        assertThat(left(mask(grey(40, 40, IMAGE), new Region(0, 0, 0, 16, 15, 1)), 1))
                .containsExactly(0L);
    }

    @Test
    void spacingOfTheMaskCountsAlongEachAxisByItself() {
        // 20 mm x 80 mm in samples of 2 mm x 4 mm; set are the right half and the lower quarter
        Geometry coarse = IMAGE.reduced(4, 2, 1);
        Image mask = mask(grey(10, 20, coarse), new Region(5, 15, 0, 5, 5, 1));

        assertThat(left(mask, 0.5)).containsExactly(14L, 15L);
    }

    @Test
    void originOfTheMaskCounts() {
        // the mask covers the lower right quarter of the image only
        Image mask = mask(grey(20, 20, IMAGE.from(20, 20, 0)), new Region(0, 0, 0, 10, 20, 1));

        assertThat(left(mask, 0.5)).containsExactly(10L, 14L);
    }

    @Test
    void aPatchSmallerThanASampleOfTheMaskIsInItOrNot() {
        Image mask = mask(grey(2, 2, IMAGE.reduced(20, 20, 1)), new Region(1, 0, 0, 1, 1, 1));

        assertThat(left(mask, 0.5)).containsExactly(2L, 3L, 6L, 7L);
    }

    @Test
    void slicesOfAMaskBelongToTheirSlices() {
        ImageSpec volume = ImageSpec.volume(10, 10, 6, ChannelOrder.GREY, ElementType.U8);
        run.with(generator.image, Image.allocate(volume, run.memory()))
                .with(generator.mask, mask(volume, new Region(0, 0, 3, 10, 10, 2)))
                .with(generator.width, 10)
                .with(generator.height, 10);

        assertThat(run.all())
                .extracting(result ->
                        result.metadata().get(Patch.KEY).orElseThrow().region().z())
                .containsExactly(3, 4);
    }

    @Test
    void aTurnedMaskIsRefused() {
        Image mask = mask(grey(40, 40, Pictures.PLACED), new Region(0, 0, 0, 1, 1, 1));

        assertThatThrownBy(() -> left(mask, 0.5))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("turned");
    }

    @Test
    @Tag("behaviour-45")
    void aMaskWithoutAnyPatchIsAnErrorAndNoPatchIsGivenOut() {
        Pictures.Stream pictures = new Pictures.Stream(Pictures.grey(40, 40));
        var empty = new Stateless() {
            final Out<Image> mask = out("mask", Image.class);

            @Override
            public void execute(Step step) {
                Image image = Image.allocate(Pictures.grey(40, 40), step.memory());
                image.fill(0);
                step.put(mask, image);
            }
        };
        generator.image.from(pictures.image);
        generator.mask.from(empty.mask);
        generator.width.set(10);
        generator.height.set(10);

        try (Run patches =
                Pipeline.to(generator.patch).start(RunOptions.standard().failFast())) {
            List<Frame> seen = new ArrayList<>();
            assertThatThrownBy(() -> patches.forEach(seen::add))
                    .isInstanceOf(FastException.class)
                    .hasMessageContaining("none of 16 patches of 10 x 10 has a share of 0.5 or more");
            assertThat(seen).isEmpty();
        }
    }
}
