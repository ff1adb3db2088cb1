// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Objects found by networks.
class DetectionNodesTest {
    /// 1 / (1 + e^-x) is 1 here, and 0 there.
    private static final float YES = 50;

    private static final float NO = -50;

    /// Grids in which one cell of one anchor has something, all others nothing.
    private static float[] grid(int rows, int columns, int anchors, int classes, int row, int column, float... values) {
        float[] grid = new float[rows * columns * anchors * (5 + classes)];
        Arrays.fill(grid, NO);
        System.arraycopy(values, 0, grid, (row * columns + column) * anchors * (5 + classes), values.length);
        return grid;
    }

    private static Image image(NodeRun run, int width, int height) {
        return Pictures.of(ImageSpec.of(width, height, ChannelOrder.GREY, ElementType.U8), run.memory());
    }

    /// Two levels of grids, 4 x 4 and 2 x 2, two classes; the network reads 32 x 32.
    private static BoundingBoxNetwork network(float[] fine, float[] coarse) {
        Net net = Net.of(
                List.of(Net.port("image", "NHWC", -1, 32, 32, 1)),
                List.of(Net.port("fine", "NHWC", -1, 4, 4, 14), Net.port("coarse", "NHWC", -1, 2, 2, 7)),
                in -> List.of(Net.given(fine, 1, 4, 4, 14), Net.given(coarse, 1, 2, 2, 7)));
        return new BoundingBoxNetwork(net.load(), ImageInput.PLAIN, Anchors.parse("8x16,4x4; 20x10"));
    }

    @Test
    @Tag("behaviour-159")
    void boxesAreReadFromCellsAndAnchorsInPixelsOfTheImage() {
        BoundingBoxNetwork node = network(
                grid(4, 4, 2, 2, 1, 2, 0, 0, 0, 0, YES, NO, YES),
                grid(2, 2, 1, 2, 0, 0, 0, 0, 0, (float) Math.log(2), 0, YES, NO));
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result = run.with(node.image, image(run, 64, 96)).execute();
            List<Detection> found = result.get(node.detections).detections();
            assertThat(found).hasSize(2);
            // centre (2.5, 1.5) of cells of 8, that is (20, 12), times 2 and 3; size 8 x 16 times 2 and 3
            assertThat(found.getFirst().box()).isEqualTo(new Box(32, 12, 16, 48));
            assertThat(found.getFirst().label()).isEqualTo(2);
            assertThat(found.getFirst().score()).isEqualTo(1, within(1e-6));
            // centre (0.5, 0.5) of cells of 16, that is (8, 8); size 20 x 20, times 2 and 3, cut at the border
            assertThat(found.getLast().box()).isEqualTo(new Box(0, 0, 36, 54));
            assertThat(found.getLast().label()).isEqualTo(1);
            assertThat(found.getLast().score()).isEqualTo(0.5, within(1e-6));
            assertThat(result.get(node.boxes).boxes()).containsExactly(new Box(32, 12, 16, 48), new Box(0, 0, 36, 54));
        }
    }

    @Test
    @Tag("behaviour-159")
    void whatScoresBelowTheThresholdIsLeftOut() {
        BoundingBoxNetwork node = network(grid(4, 4, 2, 2, 1, 2, 0, 0, 0, 0, 0, YES, NO), grid(2, 2, 1, 2, 0, 0));
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, image(run, 32, 32));
            assertThat(run.execute().get(node.detections).size()).isEqualTo(1);
            run.with(node.threshold, 0.51);
            assertThat(run.execute().get(node.detections).size()).isZero();
        }
    }

    @Test
    @Tag("behaviour-137")
    @Tag("behaviour-139")
    void boxesAreMirroredBackAndLieInTheImageWhenItsAspectIsKept() {
        BoundingBoxNetwork node = network(
                grid(4, 4, 2, 2, 1, 3, (float) Math.log(3), 0, (float) Math.log(0.5), 0, YES, YES, NO),
                grid(2, 2, 1, 2, 0, 0));
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, image(run, 64, 32)).with(node.keepAspect, true).with(node.flip, true);
            // centre (3.75, 1.5) of cells of 8 mirrored in 32 is (2, 12); times 2; size 4 x 16 times 2
            assertThat(run.execute()
                            .get(node.detections)
                            .detections()
                            .getFirst()
                            .box())
                    .isEqualTo(new Box(0, 8, 8, 24));
        }
    }

    @Test
    @Tag("behaviour-159")
    void gridsOfAnyNetworkAreReadByThemselves() {
        var node = new TensorToDetections(Anchors.parse("4x4"));
        try (NodeRun run = NodeRun.of(node)) {
            Tensor grid = Tensor.of(
                    TensorSpec.of("HWC", ElementType.F32, 1, 2, 6),
                    run.memory(),
                    grid(1, 2, 1, 1, 0, 1, 0, 0, 0, 0, YES, YES));
            run.with(node.grids, List.of(grid))
                    .with(node.image, image(run, 16, 8))
                    .with(node.width, 16)
                    .with(node.height, 8);
            assertThat(run.execute().get(node.detections).boxes().boxes()).containsExactly(new Box(10, 2, 4, 4));
        }
    }

    @Test
    void anchorsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Anchors.parse("10x,3"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met '10x'; needed a width and a height");
        assertThatThrownBy(() -> Anchors.parse("0x3")).isInstanceOf(WrongUseException.class);
        Net net = Net.of(
                Net.port("image", "NHWC", -1, 32, 32, 1),
                Net.port("grid", "NHWC", -1, 4, 4, 14),
                in -> List.of(Net.given(new float[4 * 4 * 14], 1, 4, 4, 14)));
        assertThatThrownBy(() -> new BoundingBoxNetwork(net.load(), ImageInput.PLAIN, Anchors.parse("1x1;2x2")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("and anchors for 2; needed as many");
        var node = new BoundingBoxNetwork(net.load(), ImageInput.PLAIN, Anchors.parse("1x1,2x2,3x3"));
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, image(run, 32, 32));
            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("for 3 anchors; needed F32 with 5 channels and one or more classes");
        }
    }

    private static Detection detection(int x, int label, double score) {
        return new Detection(new Box(x, 0, 10, 10), label, score);
    }

    private static Detections kept(boolean acrossLabels, Detection... found) {
        var node = new NonMaximumSuppression();
        node.acrossLabels.set(acrossLabels);
        try (NodeRun run = NodeRun.of(node)) {
            return run.with(node.detections, new Detections(ImmutableList.copyOf(found)))
                    .execute()
                    .get(node.kept);
        }
    }

    @Test
    @Tag("behaviour-160")
    void ofOverlappingObjectsTheOneWithTheHighestScoreStays() {
        Detection low = detection(0, 1, 0.6);
        Detection high = detection(2, 1, 0.9);
        Detection apart = detection(30, 1, 0.3);
        assertThat(kept(false, low, high, apart).detections()).containsExactly(high, apart);
        assertThat(kept(false, low, high).detections()).containsExactly(high);
    }

    @Test
    @Tag("behaviour-160")
    void objectsOfUnlikeLabelsSuppressEachOtherOnlyIfAsked() {
        Detection one = detection(0, 1, 0.6);
        Detection other = detection(0, 2, 0.9);
        assertThat(kept(false, one, other).detections()).containsExactly(other, one);
        assertThat(kept(true, one, other).detections()).containsExactly(other);
    }

    @Test
    @Tag("behaviour-161")
    void boxesIntersectAsAreasDo() {
        Box box = new Box(0, 0, 10, 10);
        assertThat(box.iou(new Box(0, 0, 10, 10))).isEqualTo(1);
        assertThat(box.iou(new Box(10, 0, 10, 10))).isZero();
        assertThat(box.iou(new Box(5, 0, 10, 10))).isEqualTo(1.0 / 3, within(1e-12));
        assertThatThrownBy(() -> new Box(0, 0, 0, 10)).isInstanceOf(WrongUseException.class);
    }

    /// A box of no size is left out before suppression sees it: no [Box] can have one.
    @Test
    @Tag("behaviour-161")
    void boxesOfNoSizeAreLeftOut() {
        BoundingBoxNetwork node = network(grid(4, 4, 2, 2, 1, 2, 0, 0, -20, 0, YES, YES, NO), grid(2, 2, 1, 2, 0, 0));
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.image, image(run, 32, 32));
            assertThat(run.execute().get(node.detections).size()).isZero();
        }
    }
}
