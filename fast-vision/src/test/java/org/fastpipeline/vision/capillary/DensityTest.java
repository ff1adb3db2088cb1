// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.capillary.ScoredBoxes.ScoredBox;
import org.junit.jupiter.api.Test;

class DensityTest {
    private static final ImmutableList<String> LABELS = ImmutableList.of("other", "capillary");
    private static final Box VESSEL = new Box(100, 60, 10, 40);
    private static final Box AROUND = new Box(85, 45, 40, 70);
    private static final Box ELSEWHERE = new Box(200, 45, 40, 70);

    private final CapillaryDensity node = new CapillaryDensity();

    private NodeResult execute(NodeRun run, List<Box> boxes, double... scores) {
        double[] both = new double[2 * scores.length];
        for (int i = 0; i < scores.length; i++) {
            both[2 * i] = 1 - scores[i];
            both[2 * i + 1] = scores[i];
        }
        return run.with(node.frame, Tissue.frame(run.memory(), 320, 160, List.of(VESSEL)))
                .with(node.boxes, new Boxes(ImmutableList.copyOf(boxes)))
                .with(node.scores, new Scores(LABELS, ImmutableDoubleArray.copyOf(both)))
                .execute();
    }

    @Test
    void contourIsTheVesselAndDensityItsShareOfTheFrame() {
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result = execute(run, List.of(AROUND), 0.9);

            Density density = result.get(node.density);
            assertThat(density.pixels()).isEqualTo(320 * 160);
            assertThat(density.capillaryPixels()).isBetween(10L * 40, 16L * 46);
            assertThat(density.value()).isEqualTo(density.capillaryPixels() / 51200.0);
            Image mask = result.get(node.mask);
            assertThat(mask.pixels().get(ValueLayout.JAVA_BYTE, mask.spec().offset(105, 80, 0)))
                    .isEqualTo((byte) 255);
            assertThat(mask.pixels().get(ValueLayout.JAVA_BYTE, mask.spec().offset(90, 80, 0)))
                    .isZero();
        }
    }

    @Test
    void pixelInTwoContoursCountsOnce() {
        try (NodeRun run = NodeRun.of(node)) {
            long once = execute(run, List.of(AROUND), 0.9).get(node.density).capillaryPixels();
            long twice = execute(run, List.of(AROUND, AROUND), 0.9, 0.9)
                    .get(node.density)
                    .capillaryPixels();

            assertThat(twice).isEqualTo(once);
        }
    }

    @Test
    void regionsFromTheThresholdOnAreAcceptedInTheirOrder() {
        try (NodeRun run = NodeRun.of(node).with(node.threshold, 0.6)) {
            NodeResult result = execute(run, List.of(ELSEWHERE, AROUND, VESSEL), 0.59, 0.6, 0.7);

            assertThat(result.get(node.capillaries).boxes())
                    .containsExactly(new ScoredBox(AROUND, 0.6), new ScoredBox(VESSEL, 0.7));
        }
    }

    @Test
    void frameWithoutCapillariesHasDensityZero() {
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result = execute(run, List.of());

            assertThat(result.get(node.density).value()).isZero();
            assertThat(result.get(node.capillaries).size()).isZero();
        }
    }

    @Test
    void scoresOfOtherClassesOrOfAnotherNumberOfRegionsAreRefused() {
        try (NodeRun run = NodeRun.of(node)) {
            assertThatThrownBy(() -> execute(run, List.of(AROUND), 0.5, 0.5))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageStartingWith(
                            "capillaryDensity.scores: met scores for 2 items of the classes [other, capillary]; needed"
                                    + " them for the 1 regions, with a class 'capillary'");
            run.with(node.scores, new Scores(ImmutableList.of("cat"), ImmutableDoubleArray.of(1)));
            assertThatThrownBy(run::execute).hasMessageContaining("of the classes [cat]");
        }
    }

    @Test
    void overlayHasGreenBoxesAndBlackContours() {
        CapillaryOverlay overlay = new CapillaryOverlay();
        try (NodeRun counting = NodeRun.of(node);
                NodeRun drawing = NodeRun.of(overlay)) {
            NodeResult result = execute(counting, List.of(AROUND), 0.9);
            Image picture = drawing.with(overlay.frame, Tissue.frame(drawing.memory(), 320, 160, List.of(VESSEL)))
                    .with(overlay.capillaries, result.get(node.capillaries))
                    .with(overlay.mask, result.get(node.mask))
                    .execute()
                    .get(overlay.overlay);

            assertThat(bgr(picture, AROUND.x(), AROUND.y() + 20)).containsExactly(0, (byte) 200, 0);
            assertThat(bgr(picture, AROUND.x() + AROUND.width() - 1, AROUND.y() + 20))
                    .containsExactly(0, (byte) 200, 0);
            assertThat(java.util.stream.IntStream.range(90, 106).anyMatch(x -> isBlack(bgr(picture, x, 80))))
                    .isTrue();
            assertThat(isBlack(bgr(picture, 105, 80))).isFalse();
        }
    }

    private static boolean isBlack(byte[] pixel) {
        return pixel[0] == 0 && pixel[1] == 0 && pixel[2] == 0;
    }

    private static byte[] bgr(Image image, int x, int y) {
        return image.pixels().asSlice(image.spec().offset(x, y, 0), 3).toArray(ValueLayout.JAVA_BYTE);
    }
}
