// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.capillary.Shapes.Shape;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final Box BOX = new Box(100, 50, 6, 3);

    @Test
    void maskGivesBackThePixelsItWasMadeOf() {
        byte[] inside = {1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1};

        CapillaryMask mask = CapillaryMask.of(BOX, inside);

        assertThat(mask.inside()).isEqualTo(inside);
        assertThat(mask.area()).isEqualTo(6);
        assertThat(mask.runs().asList()).containsExactly(0, 2, 3, 1, 2, 2, 7, 1);
    }

    @Test
    void shapeHasPlaceAreaLengthAndMeanWidth() {
        CapillaryShapes node = new CapillaryShapes();
        byte[] line = new byte[18];
        Arrays.fill(line, 6, 12, (byte) 1);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.masks, new CapillaryMasks(ImmutableList.of(CapillaryMask.of(BOX, line))));

            Shape shape = run.execute().get(node.shapes).shapes().getFirst();
            assertThat(shape.length()).isCloseTo(6, within(0.15));
            assertThat(shape).isEqualTo(new Shape(102.5, 51, 6, shape.length(), 6 / shape.length()));
        }
    }

    @Test
    void capillaryWithoutPixelsHasTheMiddleOfItsBoxAndNoSize() {
        CapillaryShapes node = new CapillaryShapes();
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.masks, new CapillaryMasks(ImmutableList.of(CapillaryMask.of(BOX, new byte[18]))));

            assertThat(run.execute().get(node.shapes).shapes()).containsExactly(new Shape(102.5, 51, 0, 0, 0));
        }
    }

    @Test
    void rowsAreInPixelsAndInMicrometresWhereThePixelSizeIsKnown() {
        CapillaryRows node = new CapillaryRows();
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.shapes, new Shapes(ImmutableList.of(new Shape(102.5, 51, 60, 12, 5))))
                    .with(node.density, new Density(60, 6000))
                    .with(Metadata.ORIGIN, "a/b.png");
            assertThat(run.execute().get(node.rows).rows())
                    .containsExactly(ImmutableList.of(
                            "0", "b.png", "0", "102.5", "51.0", "60", "12.0", "5.00", "", "", "", "0.01000000"));

            run.with(Density.PIXEL_SIZE, 1.5);
            assertThat(run.execute().get(node.rows).rows().getFirst().subList(8, 11))
                    .containsExactly("135.0", "18.0", "7.50");
        }
    }
}
