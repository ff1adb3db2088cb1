// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class LabelRegionTest {
    private static final int ROUNDS = 200;

    @Test
    void regionsAreThoseThatAFloodFinds(MemoryPool pool) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            int width = 1 + random.nextInt(12);
            int height = 1 + random.nextInt(12);
            int labels = 1 + random.nextInt(3);
            int[][] label = new int[height][width];
            try (Image image = Image.allocate(
                    ImageSpec.of(width, height, ChannelOrder.GREY, ElementType.U8),
                    bytes -> pool.allocate(bytes, "labels"))) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        label[y][x] = random.nextInt(labels + 1);
                        image.writablePixels()
                                .set(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, 0), (byte) label[y][x]);
                    }
                }
                List<String> found = LabelRegion.of(image).stream()
                        .map(region -> text(region.label(), region.pixels(), region.x(), region.y()))
                        .toList();

                assertThat(found)
                        .as("seed %d, round %d", seed, round)
                        .containsExactlyInAnyOrderElementsOf(floods(label));
            }
        }
    }

    private static String text(int label, long pixels, double x, double y) {
        return "%d: %d at %.4f, %.4f".formatted(label, pixels, x, y);
    }

    private static List<String> floods(int[][] label) {
        List<String> all = new ArrayList<>();
        for (int y = 0; y < label.length; y++) {
            for (int x = 0; x < label[0].length; x++) {
                if (label[y][x] > 0) {
                    all.add(flood(label, x, y));
                }
            }
        }
        return all;
    }

    /// One region, which it takes out.
    private static String flood(int[][] label, int firstX, int firstY) {
        int wanted = label[firstY][firstX];
        long pixels = 0;
        double sumX = 0;
        double sumY = 0;
        Deque<int[]> open = new ArrayDeque<>(List.of(new int[] {firstX, firstY}));
        label[firstY][firstX] = 0;
        while (!open.isEmpty()) {
            int[] at = open.pop();
            pixels++;
            sumX += at[0] + 0.5;
            sumY += at[1] + 0.5;
            for (int y = Math.max(0, at[1] - 1); y <= Math.min(label.length - 1, at[1] + 1); y++) {
                for (int x = Math.max(0, at[0] - 1); x <= Math.min(label[0].length - 1, at[0] + 1); x++) {
                    if (label[y][x] == wanted) {
                        label[y][x] = 0;
                        open.push(new int[] {x, y});
                    }
                }
            }
        }
        return text(wanted, pixels, sumX / pixels, sumY / pixels);
    }
}
