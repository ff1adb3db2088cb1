// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class SliceLayerTest {
    private static final ImageSpec SPEC = Phantom.spec(6, 4, 5, ElementType.U8);

    /// A sample says where it is stored.
    private static int coded(int x, int y, int z) {
        return 40 * x + 8 * y + z;
    }

    private static SliceLayer slice(SliceAxis axis, int index) {
        return SliceLayer.of(Phantom.volume(SPEC, SliceLayerTest::coded), axis).at(index);
    }

    private static int[][] shown(Layer layer, int columns, int rows) {
        BufferedImage shown = Shown.of(View.of(layer), columns, rows);
        int[][] samples = new int[columns][rows];
        for (int x = 0; x < columns; x++) {
            for (int y = 0; y < rows; y++) {
                samples[x][y] = shown.getRGB(x, y) & 0xFF;
            }
        }
        return samples;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "4, 4", "-1, 2", "-7, 2", "5, 4", "2000000000, 4"})
    @Tag("behaviour-196")
    void aSliceAcrossZShowsItsRowsAsTheyAreStored(int asked, int index) {
        int[][] shown = shown(slice(SliceAxis.Z, asked), 6, 4);

        for (int x = 0; x < 6; x++) {
            for (int y = 0; y < 4; y++) {
                assertThat(shown[x][y]).isEqualTo(coded(x, y, index));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "-1, 2", "4, 3"})
    @Tag("behaviour-196")
    void aSliceAcrossYShowsXToTheRightAndZUp(int asked, int index) {
        int[][] shown = shown(slice(SliceAxis.Y, asked), 6, 5);

        for (int x = 0; x < 6; x++) {
            for (int z = 0; z < 5; z++) {
                assertThat(shown[x][4 - z]).isEqualTo(coded(x, index, z));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "-1, 3", "6, 5"})
    @Tag("behaviour-196")
    void aSliceAcrossXShowsYToTheRightAndZUp(int asked, int index) {
        int[][] shown = shown(slice(SliceAxis.X, asked), 4, 5);

        for (int y = 0; y < 4; y++) {
            for (int z = 0; z < 5; z++) {
                assertThat(shown[y][4 - z]).isEqualTo(coded(index, y, z));
            }
        }
    }

    /// However its axes run, the same body looks the same.
    @ParameterizedTest
    @EnumSource(SliceAxis.class)
    @Tag("behaviour-196")
    void axesThatRunTheOtherWayAreTurnedRound(SliceAxis axis) throws IOException {
        Geometry back = new Geometry(
                Vector3.ONE,
                new Vector3(23.5, 23.5, 23.5),
                new Vector3(-1, 0, 0),
                new Vector3(0, -1, 0),
                new Vector3(0, 0, -1));
        ImageSpec turned = Phantom.straight().with(back);
        // The middle one of an even number has another twin than itself.
        BufferedImage one =
                Shown.of(View.of(SliceLayer.of(head(Phantom.straight()), axis).at(23)), 48, 48);
        BufferedImage other = Shown.of(View.of(SliceLayer.of(head(turned), axis).at(24)), 48, 48);

        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 48; x++) {
                assertThat(other.getRGB(x, y)).isEqualTo(one.getRGB(x, y));
            }
        }
    }

    private static Out<Image> head(ImageSpec spec) {
        return Phantom.of(Phantom::head, spec);
    }

    @ParameterizedTest
    @CsvSource({"X, 30, 100", "Y, 20, 100", "Z, 40, 60"})
    @Tag("behaviour-196")
    void aSliceHasTheShapeThatTheSpacingsOfItsAxesSay(SliceAxis axis, int columns, int rows) {
        ImageSpec spec = Phantom.spec(4, 4, 4, ElementType.U8).with(Geometry.UNIT.withSpacing(new Vector3(2, 3, 10)));
        BufferedImage shown = Shown.of(View.of(SliceLayer.of(Phantom.volume(spec, (_, _, _) -> 9), axis)), columns, 0);

        assertThat(shown.getHeight()).isEqualTo(rows);
    }

    @Test
    @Tag("behaviour-196")
    void boxesLieOnASliceInItsPixels() {
        Out<Image> volume = Phantom.volume(SPEC, (_, _, _) -> 0);
        View view = View.of(
                SliceLayer.of(volume, SliceAxis.Y),
                BoxLayer.of(volume, _ -> List.of(new Box(0, 0, 6, 5))).with(Colour.RED));

        BufferedImage shown = Shown.of(view, 60, 50);

        assertThat(shown.getRGB(0, 25) & 0xFFFFFF).isEqualTo(0xFF0000);
        assertThat(shown.getRGB(59, 25) & 0xFFFFFF).isEqualTo(0xFF0000);
        assertThat(shown.getRGB(30, 25) & 0xFFFFFF).isZero();
    }

    @Test
    @Tag("behaviour-196")
    void slidingShowsOtherSlicesAndEndsAtTheLast(MemoryPool pool) {
        Out<Image> port = Shown.grey(1, 1, (_, _) -> 0);
        try (Stage stage = new Stage(View.of(SliceLayer.of(port, SliceAxis.Z)), 200, 100, pool);
                Image image = Image.allocate(Phantom.spec(2, 1, 5, ElementType.U8), stage.memory())) {
            for (int z = 0; z < 5; z++) {
                image.writablePixels().asSlice(2L * z, 2).fill((byte) (50 * z));
            }
            stage.take(ImmutableMap.of(port, image), Metadata.EMPTY);

            assertThat(stage.draw().getRGB(100, 80) & 0xFF).isEqualTo(100);
            stage.slide(1);
            assertThat(stage.draw().getRGB(100, 80) & 0xFF).isEqualTo(150);
            stage.slide(7);
            assertThat(stage.draw().getRGB(100, 80) & 0xFF).isEqualTo(200);
            stage.slide(-9);
            assertThat(stage.draw().getRGB(100, 80) & 0xFF).isZero();
        }
    }

    /// It goes to the graphics card in slabs of 64 MB.
    @Test
    @Tag("behaviour-195")
    void aLargeVolumeIsThereFromItsFirstSliceToItsLast(MemoryPool pool) {
        Out<Image> port = Shown.grey(1, 1, (_, _) -> 0);
        ImageSpec large = Phantom.spec(1024, 1024, 66, ElementType.U8);
        try (Stage stage = new Stage(View.of(SliceLayer.of(port, SliceAxis.Z).at(0)), 8, 8, pool);
                Image image = Image.allocate(large, stage.memory())) {
            for (int z = 0; z < 66; z++) {
                image.writablePixels().asSlice(large.offset(0, 0, z), 1L << 20).fill((byte) (1 + z));
            }
            stage.take(ImmutableMap.of(port, image), Metadata.EMPTY);

            for (int z = 0; z < 66; z++) {
                assertThat(stage.draw().getRGB(4, 6) & 0xFF).isEqualTo(1 + z);
                stage.slide(1);
            }
        }
    }

    @Test
    void looksAsItDid() throws IOException {
        SliceLayer slice = SliceLayer.of(head(Phantom.turned()), SliceAxis.Z).with(Range.between(-1000, 1000));
        Golden.check("slice", Shown.of(View.of(slice, ScaleBarLayer.of()), 240, 160));
    }
}
