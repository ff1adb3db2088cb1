// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.capillary.ScoredBoxes.ScoredBox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapillaryOverlayTest {
    private static final int HEIGHT = 100;
    private static final Box VESSEL = new Box(100, 20, 40, 60);
    private static final Box AROUND = new Box(80, 10, 80, 80);

    /// OpenCV draws thick lines up to two pixels wider than told.
    @ParameterizedTest
    @CsvSource({"320, 2", "1920, 2", "2399, 2", "2400, 3", "4800, 5"})
    void linesGrowWithTheFrame(int width, int line) {
        CapillaryOverlay node = new CapillaryOverlay();
        try (NodeRun run = NodeRun.of(node)) {
            Image overlay = run.with(node.frame, Tissue.constant(run.memory(), width, HEIGHT, 128))
                    .with(node.mask, mask(run.memory(), width))
                    .with(node.capillaries, new ScoredBoxes(ImmutableList.of(new ScoredBox(AROUND, 0.9))))
                    .execute()
                    .get(node.overlay);

            assertThat(width(overlay, 90, 120, 0)).isBetween(line, line + 2);
            assertThat(width(overlay, 70, 90, 200)).isBetween(line, line + 2);
        }
    }

    private static Image mask(Allocator memory, int width) {
        Image mask = Image.allocate(ImageSpec.of(width, HEIGHT, ChannelOrder.GREY, ElementType.U8), memory);
        mask.writablePixels().fill((byte) 0);
        for (int y = VESSEL.y(); y < VESSEL.y() + VESSEL.height(); y++) {
            for (int x = VESSEL.x(); x < VESSEL.x() + VESSEL.width(); x++) {
                mask.writablePixels().set(ValueLayout.JAVA_BYTE, mask.spec().offset(x, y, 0), (byte) 255);
            }
        }
        return mask;
    }

    /// How many pixels of the middle row, from one column to before another, have this value of green.
    private static int width(Image image, int from, int to, int green) {
        int count = 0;
        for (int x = from; x < to; x++) {
            byte value = image.pixels().get(ValueLayout.JAVA_BYTE, image.spec().offset(x, HEIGHT / 2, 0) + 1);
            count += Byte.toUnsignedInt(value) == green ? 1 : 0;
        }
        return count;
    }
}
