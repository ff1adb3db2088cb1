// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoiTest {
    private static final List<Box> VESSELS =
            List.of(new Box(100, 60, 10, 40), new Box(300, 90, 12, 50), new Box(480, 200, 10, 30));

    private interface Frames {
        Image make(Allocator memory);
    }

    private static Boxes rois(Frames frames) {
        StillBackground still = new StillBackground();
        SsimRoiGenerator generator = new SsimRoiGenerator();
        try (NodeRun first = NodeRun.of(still);
                NodeRun second = NodeRun.of(generator)) {
            Image frame = frames.make(first.memory());
            Image background = first.with(still.frame, frame).execute().get(still.background);
            return second.with(generator.frame, frame)
                    .with(generator.background, background)
                    .execute()
                    .get(generator.boxes);
        }
    }

    /// Whether there is one box for each vessel, around its middle and not much larger, in order, and none else.
    private static void assertFound(Boxes rois, double scale) {
        assertThat(rois.size()).isEqualTo(VESSELS.size());
        for (int i = 0; i < VESSELS.size(); i++) {
            Box roi = rois.boxes().get(i);
            Box vessel = VESSELS.get(i);
            double slack = 24 * Math.max(1, scale);
            assertThat((double) roi.x()).isBetween(vessel.x() * scale - slack, vessel.x() * scale);
            assertThat((double) roi.y()).isBetween(vessel.y() * scale - slack, vessel.y() * scale);
            assertThat((double) roi.width()).isBetween(vessel.width() * scale, vessel.width() * scale + 2 * slack);
            assertThat((double) roi.height()).isBetween(vessel.height() * scale, vessel.height() * scale + 2 * slack);
        }
    }

    @Test
    void eachVesselHasABoxFromTheTopDown() {
        assertFound(rois(memory -> Tissue.frame(memory, 640, 320, VESSELS)), 1);
    }

    @Test
    void boxesAreInPixelsOfTheFrameWhenItIsWorkedOnSmaller() {
        List<Box> twice = VESSELS.stream()
                .map(box -> new Box(2 * box.x(), 2 * box.y(), 2 * box.width(), 2 * box.height()))
                .toList();

        assertFound(rois(memory -> Tissue.frame(memory, 1920, 1080, twice)), 2);
    }

    @ParameterizedTest
    @CsvSource({"RGB, U8", "RGBA, U8", "BGR, U16"})
    void otherChannelOrdersAndDepthsGiveTheSameBoxes(ChannelOrder order, ElementType type) {
        assertThat(rois(memory -> Tissue.frame(memory, ImageSpec.of(640, 320, order, type), VESSELS)))
                .isEqualTo(rois(memory -> Tissue.frame(memory, 640, 320, VESSELS)));
    }

    @Test
    void vesselsOfAGreyFrameAreFoundByTheirDarknessAlone() {
        ImageSpec grey = ImageSpec.of(640, 320, ChannelOrder.GREY, ElementType.U8);

        assertFound(rois(memory -> Tissue.frame(memory, grey, VESSELS)), 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128, 255})
    void frameOfOneValueHasNoRegions(int value) {
        assertThat(rois(memory -> Tissue.constant(memory, 200, 100, value)).size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "1, 50", "2000, 1"})
    void framesOfAnySizeAreTaken(int width, int height) {
        assertThat(rois(memory -> Tissue.frame(memory, width, height, List.of()))
                        .size())
                .isZero();
    }

    @Test
    void backgroundOfEightBitsAndFullSizeIsTakenToo() {
        SsimRoiGenerator generator = new SsimRoiGenerator();
        try (NodeRun run = NodeRun.of(generator)) {
            Image frame = Tissue.frame(run.memory(), 640, 320, VESSELS);
            Image background = Tissue.frame(run.memory(), 640, 320, List.of());
            assertFound(
                    run.with(generator.frame, frame)
                            .with(generator.background, background)
                            .execute()
                            .get(generator.boxes),
                    1);
        }
    }

    @Test
    void cropsAreSquaresAroundTheRegionsInRgb() {
        RoiBatch batch = new RoiBatch();
        try (NodeRun run = NodeRun.of(batch)) {
            Image frame = Tissue.constant(run.memory(), 200, 100, 10);
            long at = frame.spec().offset(60, 50, 0);
            for (int y = 30; y < 70; y++) {
                for (int x = 40; x < 80; x++) {
                    frame.writablePixels()
                            .set(ValueLayout.JAVA_BYTE, frame.spec().offset(x, y, 0) + 2, (byte) 200);
                }
            }
            assertThat(at).isPositive();
            Boxes boxes = new Boxes(ImmutableList.of(new Box(45, 35, 30, 30), new Box(0, 0, 4, 4)));
            Tensor crops = run.with(batch.frame, frame)
                    .with(batch.boxes, boxes)
                    .execute()
                    .get(batch.crops);

            assertThat(crops.spec()).isEqualTo(TensorSpec.of("NHWC", ElementType.U8, 2, 50, 50, 3));
            long middle = (25 * 50 + 25) * 3L;
            assertThat(crops.elements().asSlice(middle, 3).toArray(ValueLayout.JAVA_BYTE))
                    .containsExactly((byte) 200, 10, 10);
            assertThat(crops.elements().asSlice(7500, 3).toArray(ValueLayout.JAVA_BYTE))
                    .containsExactly(10, 10, 10);
        }
    }

    @Test
    void noRegionGivesNoCrops() {
        RoiBatch batch = new RoiBatch();
        try (NodeRun run = NodeRun.of(batch)) {
            run.with(batch.frame, Tissue.constant(run.memory(), 20, 10, 1)).with(batch.boxes, Boxes.NONE);

            assertThat(run.execute().get(batch.crops).spec().elements()).isZero();
        }
    }
}
