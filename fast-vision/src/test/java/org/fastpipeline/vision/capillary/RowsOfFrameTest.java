// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.capillary.ScoredBoxes.ScoredBox;
import org.fastpipeline.vision.io.Timing;
import org.junit.jupiter.api.Test;

class RowsOfFrameTest {
    private static final ScoredBoxes CAPILLARIES = new ScoredBoxes(
            ImmutableList.of(new ScoredBox(new Box(1, 2, 3, 4), 0.98765), new ScoredBox(new Box(5, 6, 7, 8), 0.5)));

    private final FrameRow node = new FrameRow(() -> 12_345_678L);

    private ImmutableList<String> row(NodeRun run) {
        return run.execute().get(node.rows).rows().getFirst();
    }

    private void failed(NodeRun run, FastException cause) {
        for (In<?> in : ImmutableList.of(node.frame, node.boxes, node.capillaries, node.density, node.smoothed)) {
            fail(run, in, cause);
        }
    }

    private static <T> void fail(NodeRun run, In<T> in, FastException cause) {
        run.with(in, new Outcome.Failed<>(cause));
    }

    @Test
    void frameThatWentWellHasAllItsFigures() {
        try (NodeRun run = NodeRun.of(node)) {
            Image image = Tissue.constant(run.memory(), 20, 10, 1);
            run.with(node.frame, image)
                    .with(node.boxes, new Boxes(ImmutableList.of(new Box(1, 1, 1, 1))))
                    .with(node.capillaries, CAPILLARIES)
                    .with(node.density, new Density(7, 200))
                    .with(node.smoothed, 0.03125)
                    .with(Density.PIXEL_SIZE, 2.0)
                    .with(Metadata.INDEX, 4L)
                    .with(Metadata.ORIGIN, "in/frame,4.png")
                    .with(Timing.STARTED, 345_678L);

            assertThat(row(run))
                    .containsExactly(
                            "4",
                            "frame,4.png",
                            "20",
                            "10",
                            "1",
                            "2",
                            "7",
                            "0.035000",
                            "2500.00",
                            "0.031250",
                            "12.0",
                            "ok");
        }
    }

    @Test
    void frameThatCouldNotBeReadSaysWhyInShort() {
        InputException unreadable = new InputException("in/frame.png", "the file is empty", "Copy it", null);
        try (NodeRun run = NodeRun.of(node)) {
            failed(run, StepException.of("streamer", "frame#0", unreadable));

            assertThat(row(run))
                    .containsExactly("0", "frame.png", "", "", "", "", "", "", "", "", "", "the file is empty");
        }
    }

    @Test
    void frameThatFailedLaterKeepsWhatIsKnown() {
        FastException failure = StepException.of("density", "frame#0", new IllegalStateException("=broken\nbadly"));
        try (NodeRun run = NodeRun.of(node)) {
            Image image = Tissue.constant(run.memory(), 20, 10, 1);
            run.with(node.frame, image).with(node.boxes, Boxes.NONE);
            fail(run, node.capillaries, failure);
            fail(run, node.density, failure);
            fail(run, node.smoothed, failure);

            assertThat(row(run)).containsExactly("0", "", "20", "10", "0", "", "", "", "", "", "", "'=broken badly");
        }
    }

    @Test
    void frameThatWasSkippedSaysWhy() {
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.frame, new Outcome.Skipped<>("not wanted"))
                    .with(node.boxes, new Outcome.Skipped<>("no frame"))
                    .with(node.capillaries, new Outcome.Skipped<>("no frame"))
                    .with(node.density, new Outcome.Skipped<>("no frame"))
                    .with(node.smoothed, new Outcome.Skipped<>("no frame"));

            assertThat(row(run)).endsWith("not wanted");
        }
    }

    @Test
    void eachCapillaryHasARowWithFourDecimals() {
        BoxRows boxes = new BoxRows();
        try (NodeRun run = NodeRun.of(boxes)) {
            run.with(boxes.capillaries, CAPILLARIES).with(Metadata.ORIGIN, "/deep/@frame.png");

            assertThat(run.execute().get(boxes.rows).rows())
                    .containsExactly(
                            ImmutableList.of("0", "'@frame.png", "1", "2", "3", "4", "0.9877"),
                            ImmutableList.of("0", "'@frame.png", "5", "6", "7", "8", "0.5000"));
        }
    }
}
