// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PatchGeneratorTest {
    private final PatchGenerator generator = new PatchGenerator();
    private final NodeRun run = NodeRun.of(generator);

    @AfterEach
    void nothingIsLeftOpen() {
        run.close();
    }

    private List<NodeResult> cut(ImageSpec spec, int width, int height, int depth) {
        return run.with(generator.image, Pictures.picture(0, spec, run.memory()))
                .with(generator.width, width)
                .with(generator.height, height)
                .with(generator.depth, depth)
                .all();
    }

    private static Patch patch(NodeResult result) {
        return result.metadata().get(Patch.KEY).orElseThrow();
    }

    private void assertCutFrom(ImageSpec whole, List<NodeResult> results, int outside) {
        for (NodeResult result : results) {
            Region region = patch(result).region();
            assertThat(Pictures.bytes(result.get(generator.patch)))
                    .as("%s", region)
                    .isEqualTo(Pictures.expected(0, whole, region, outside));
        }
    }

    @Test
    @Tag("behaviour-87")
    void patchesOfAnImageAreAsManyAsCoverItAllOfOneSize() {
        List<NodeResult> patches = cut(Pictures.grey(100, 70), 32, 32, 1);

        assertThat(patches).hasSize(4 * 3).allSatisfy(result -> {
            assertThat(result.get(generator.patch).width()).isEqualTo(32);
            assertThat(result.get(generator.patch).height()).isEqualTo(32);
        });
        assertCutFrom(Pictures.grey(100, 70), patches, 0);
    }

    @Test
    @Tag("behaviour-88")
    void patchesOfAVolumeAreAsManyAsCoverItAllOfOneSize() {
        ImageSpec volume = Pictures.volume(20, 17, 9);

        List<NodeResult> patches = cut(volume, 8, 6, 4);

        assertThat(patches).hasSize(3 * 3 * 3).allSatisfy(result -> {
            ImageSpec spec = result.get(generator.patch).spec();
            assertThat(List.of(spec.width(), spec.height(), spec.depth())).containsExactly(8, 6, 4);
        });
        assertCutFrom(volume, patches, 0);
    }

    @Test
    @Tag("behaviour-89")
    void patchesComeAlongXThenYThenZAndAreNumberedSo() {
        List<NodeResult> patches = cut(Pictures.volume(4, 4, 4), 2, 2, 2);

        List<String> places = new ArrayList<>();
        for (NodeResult result : patches) {
            Region region = patch(result).region();
            places.add(patch(result).id() + ":" + region.x() + region.y() + region.z());
        }
        assertThat(places).containsExactly("0:000", "1:200", "2:020", "3:220", "4:002", "5:202", "6:022", "7:222");
    }

    @Test
    @Tag("behaviour-90")
    void outsideIsWhiteInColour() {
        assertCutFrom(Pictures.colour(10, 6), cut(Pictures.colour(10, 6), 8, 8, 1), 255);
    }

    @Test
    @Tag("behaviour-90")
    void outsideIsZeroInOneChannel() {
        assertCutFrom(Pictures.grey(10, 6), cut(Pictures.grey(10, 6), 8, 8, 1), 0);
    }

    @Test
    @Tag("behaviour-90")
    void outsideIsWhatIsAskedFor() {
        run.with(generator.padding, OptionalDouble.of(77));

        assertCutFrom(Pictures.colour(10, 6), cut(Pictures.colour(10, 6), 8, 8, 1), 77);
    }

    @Test
    @Tag("behaviour-91")
    void overlapShortensTheStrideAndBeginsBeforeTheImage() {
        run.with(generator.overlap, 0.1);

        List<NodeResult> patches = cut(Pictures.grey(50, 20), 16, 20, 1);

        // 0.1 of 16 is 2 pixels, so the stride is 12; 0.1 of 20 is 2, so the stride is 16
        assertThat(patches).hasSize(5 * 2);
        assertThat(patch(patches.getFirst()).region()).isEqualTo(new Region(-2, -2, 0, 16, 20, 1));
        assertThat(patch(patches.getLast()).region()).isEqualTo(new Region(46, 14, 0, 16, 20, 1));
        assertCutFrom(Pictures.grey(50, 20), patches, 0);
    }

    @Test
    @Tag("behaviour-92")
    void fractionsOutsideZeroToOneAreRefusedWhenTheyAreSet() {
        assertThatThrownBy(() -> generator.overlap.set(-0.1)).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> generator.overlap.set(1.1)).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> generator.maskThreshold.set(-0.1)).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> generator.maskThreshold.set(1.1)).isInstanceOf(ParameterException.class);
    }

    @Test
    @Tag("behaviour-92")
    void aSizeThatIsNotSetIsAnErrorWhenItRuns() {
        run.with(generator.image, Pictures.picture(0, Pictures.grey(5, 5), run.memory()))
                .with(generator.width, 4);

        assertThatThrownBy(run::next)
                .isInstanceOf(ParameterException.class)
                .hasMessage("patchGenerator.height: met no value; needed 1 or more pixels. Set a value in that range.");
        assertThatThrownBy(() -> generator.width.set(-1)).isInstanceOf(ParameterException.class);
    }

    @Test
    @Tag("behaviour-93")
    void anOverlapOfHalfAPatchIsRefused() {
        assertThatThrownBy(() -> generator.overlap.set(0.5)).isInstanceOf(ParameterException.class);
    }

    @Test
    @Tag("behaviour-93")
    void anOverlapThatRoundsToHalfAPatchIsRefused() {
        run.with(generator.overlap, 0.49);

        assertThatThrownBy(() -> cut(Pictures.grey(20, 20), 10, 100, 1))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met an overlap of 5 x 49");
    }

    @Test
    @Tag("behaviour-102")
    void patchSaysWhereItIsAndOfWhat() {
        run.with(generator.overlap, 0.25);
        ImageSpec volume = Pictures.volume(20, 10, 6);

        Patch last = patch(cut(volume, 8, 8, 4).getLast());

        assertThat(last.grid().whole()).isEqualTo(volume);
        assertThat(last.id()).isEqualTo(5 * 3 * 3 - 1);
        assertThat(last.grid().patch()).isEqualTo(new Extent(8, 8, 4));
        assertThat(last.grid().overlap()).isEqualTo(new Extent(2, 2, 1));
        assertThat(last.spacing()).isEqualTo(new Vector3(0.5, 0.25, 2));
        assertThat(last.region()).isEqualTo(new Region(14, 6, 3, 8, 8, 4));
        assertThat(last.own()).isEqualTo(new Region(16, 8, 4, 4, 2, 2));
        assertThat(last.grid().scale().level()).isZero();
    }

    @Test
    @Tag("behaviour-102")
    void patchKeepsItsPlaceInThePatient() {
        NodeResult second = cut(Pictures.grey(20, 10), 8, 8, 1).get(1);

        // the x axis of the picture points along y: 8 pixels of 0.5 mm from (10, -20, 30)
        assertThat(second.get(generator.patch).spec().geometry())
                .isEqualTo(Pictures.PLACED.from(8, 0, 0))
                .extracting(geometry -> geometry.origin())
                .isEqualTo(new Vector3(10, -16, 30));
    }

    @Test
    @Tag("behaviour-103")
    void progressGoesFromZeroToOne() {
        assertThat(cut(Pictures.grey(50, 10), 10, 10, 1))
                .extracting(result -> patch(result).progress())
                .containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    }

    @Test
    @Tag("behaviour-103")
    @Tag("behaviour-104")
    void lastPatchThatIsGivenOutIsTheLastWhereAMaskTakesOthersAway() {
        // what stands in for FAST's last-frame mark: progress 1, and an index one below the count
        Image mask = Image.allocate(Pictures.grey(50, 10), run.memory());
        mask.fill(0);
        try (Image tissue = Image.allocate(Pictures.grey(10, 10), run.memory())) {
            tissue.fill(1);
            mask.paste(tissue, tissue.spec().region(), 10, 0, 0);
            mask.paste(tissue, tissue.spec().region(), 30, 0, 0);
        }
        run.with(generator.mask, mask);

        List<NodeResult> patches = cut(Pictures.grey(50, 10), 10, 10, 1);

        assertThat(patches).extracting(result -> patch(result).id()).containsExactly(1L, 3L);
        assertThat(patches).extracting(result -> patch(result).progress()).containsExactly(0.0, 1.0);
        Metadata last = patches.getLast().metadata();
        assertThat(last.get(Metadata.INDEX)).hasValue(1L);
        assertThat(last.get(Metadata.COUNT)).hasValue(2L);
    }

    @Test
    void onlyPatchIsTheLast() {
        assertThat(patch(cut(Pictures.grey(5, 5), 10, 10, 1).getFirst()).progress())
                .isEqualTo(1);
    }

    @Test
    void slabsOfAVolumeAreShownWhereTheyLie() {
        ImageSpec spec = Pictures.volume(16, 16, 8);
        Image volume = Pictures.picture(0, spec, run.memory());
        run.with(generator.image, volume)
                .with(generator.width, 16)
                .with(generator.height, 16)
                .with(generator.depth, 2);

        List<NodeResult> slabs = run.all();

        assertThat(slabs)
                .extracting(result -> result.get(generator.patch).address() - volume.address())
                .containsExactly(0L, 512L, 1024L, 1536L);
        assertCutFrom(spec, slabs, 0);
    }

    @Test
    void samplesOfEveryTypeAreCut() {
        for (ElementType type : ElementType.values()) {
            PatchGenerator other = new PatchGenerator();
            try (NodeRun each = NodeRun.of(other)) {
                ImageSpec spec = ImageSpec.of(4, 3, ChannelOrder.RGB, type);
                Image image = Image.allocate(spec, each.memory());
                image.fill(9);
                each.with(other.image, image).with(other.width, 8).with(other.height, 3);
                Image cut = each.all().getFirst().get(other.patch);
                try (Image outside = Image.allocate(spec, each.memory())) {
                    outside.fill(spec.blank());
                    assertThat(cut.pixels().asSlice(0, spec.rowStride()))
                            .matches(row -> row.mismatch(image.pixels().asSlice(0, spec.rowStride())) < 0);
                    assertThat(cut.pixels().asSlice(spec.rowStride(), spec.rowStride()))
                            .matches(row -> row.mismatch(outside.pixels().asSlice(0, spec.rowStride())) < 0);
                }
            }
        }
    }
}
