// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.util.List;
import org.assertj.core.data.Offset;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("behaviour-196")
@ExtendWith(LeakCheck.class)
class ObliqueLayerTest {
    private static final Range CT = Range.between(-1000, 1300);

    private static Out<Image> head(ImageSpec spec) {
        return Phantom.of(Phantom::head, spec);
    }

    private static BufferedImage shown(Layer layer) {
        return Shown.of(View.of(layer), 96, 96);
    }

    /// From the left, from the front and from the feet it is the slice across that axis.
    @ParameterizedTest
    @CsvSource({"X, 3, 0, 0", "Y, 0, -3, 0", "Z, 0, 0, -3"})
    void aPlaneAtARightAngleToAnAxisIsTheSliceAcrossIt(SliceAxis axis, double x, double y, double z) {
        Vector3 inSlice24 = new Vector3(0.5, 0.5, 0.5);

        BufferedImage one = shown(SliceLayer.of(head(Phantom.straight()), axis));
        BufferedImage other = shown(ObliqueLayer.of(head(Phantom.straight()), inSlice24, new Vector3(x, y, z)));

        for (int row = 0; row < 96; row++) {
            for (int column = 0; column < 96; column++) {
                assertThat(other.getRGB(column, row) & 0xFF)
                        .isCloseTo(one.getRGB(column, row) & 0xFF, Offset.offset(1));
            }
        }
    }

    /// The bright ball lies to the left, the middling one in front, the faint one at the top, each 9 mm from the
    // middle.
    @ParameterizedTest
    @CsvSource({"0, 0, -1", "1, 1, 0", "0, -1, 0", "-2, 0, 0", "1, -1, 1"})
    void aPlaneShowsWhatLiesInItHoweverTheVolumeIsStored(double x, double y, double z) {
        Vector3 normal = new Vector3(x, y, z);
        BufferedImage shown = shown(
                ObliqueLayer.of(head(Phantom.turned()), Vector3.ZERO, normal).with(CT));

        SpaceCamera eye = SpaceCamera.facing(normal, Vector3.ZERO);
        Space space = Space.of(Phantom.turned());
        double scale = 48 / Math.max(reach(space, eye.right()), reach(space, eye.up()));
        for (Vector3 ball : new Vector3[] {new Vector3(9, 0, 0), new Vector3(0, -9, 0), new Vector3(0, 0, 9)}) {
            Vector3 seen = ball.minus(eye.eye().times(ball.dot(eye.eye())));
            double sample = Phantom.head(seen);
            int column = (int) (48 + scale * seen.dot(eye.right()));
            int row = (int) (48 - scale * seen.dot(eye.up()));
            assertThat(shown.getRGB(column, row) & 0xFF)
                    .as("%s, where %s is seen", sample, ball)
                    .isCloseTo((int) Math.round(255 * (sample + 1000) / 2300), Offset.offset(2));
        }
    }

    /// How far a volume about the origin reaches in a direction.
    private static double reach(Space space, Vector3 way) {
        return space.corners().stream()
                .mapToDouble(corner -> corner.dot(way))
                .max()
                .orElseThrow();
    }

    @Test
    void whatLiesOutsideTheVolumeIsClear() {
        View view = View.of(ObliqueLayer.of(head(Phantom.straight()), Vector3.ZERO, new Vector3(1, -1, 1)))
                .over(Colour.BLUE);

        BufferedImage shown = Shown.of(view, 60, 0);

        int last = shown.getHeight() - 1;
        assertThat(List.of(shown.getRGB(0, 0), shown.getRGB(59, 0), shown.getRGB(0, last), shown.getRGB(59, last)))
                .containsOnly(0xFF2979FF);
        assertThat(shown.getRGB(30, last / 2)).isNotEqualTo(0xFF2979FF);
        for (int y : new int[] {-99, 99}) {
            View beside = View.of(ObliqueLayer.of(head(Phantom.straight()), new Vector3(0, y, 0), new Vector3(0, 1, 0)))
                    .over(Colour.BLUE);
            assertThat(Shown.of(beside, 60, 60).getRGB(30, 30)).isEqualTo(0xFF2979FF);
        }
    }

    @Test
    void slidingGoesAlongTheNormalByTheSmallestSpacingAndEndsWithTheVolume(MemoryPool pool) {
        Out<Image> port = Shown.grey(1, 1, (_, _) -> 0);
        Layer layer = ObliqueLayer.of(port, new Vector3(0, 0, 2), new Vector3(0, 0, 1));
        try (Stage stage = new Stage(View.of(layer), 200, 100, pool);
                Image image = Image.allocate(Phantom.spec(2, 1, 5, ElementType.U8), stage.memory())) {
            for (int z = 0; z < 5; z++) {
                image.writablePixels().asSlice(2L * z, 2).fill((byte) (50 * z));
            }
            stage.take(ImmutableMap.of(port, image), Metadata.EMPTY);

            assertThat(stage.draw().getRGB(100, 80) & 0xFF).isEqualTo(100);
            stage.slide(1);
            assertThat(stage.draw().getRGB(100, 80) & 0xFF).isEqualTo(150);
            stage.slide(70);
            stage.slide(-1);
            assertThat(stage.draw().getRGB(100, 80) & 0xFF).isEqualTo(150);
        }
    }

    @Test
    void aNormalWithoutLengthIsRefused() {
        assertThatThrownBy(() -> ObliqueLayer.of(head(Phantom.straight()), Vector3.ZERO, Vector3.ZERO))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("Give a direction");
    }
}
