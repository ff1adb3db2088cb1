// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.Arrays;

/// Connected parts (8 neighbours) of a mask.
final class Parts {
    private static final int SMALL = 4;

    private final byte[] mask;
    private final int width;
    private final int height;
    private final int[] part;
    private final int[] queue;
    private boolean atEdge;

    private Parts(byte[] mask, int width) {
        this.mask = mask;
        this.width = width;
        this.height = mask.length / width;
        this.part = new int[mask.length];
        this.queue = new int[mask.length];
    }

    /// Clears parts of less than a quarter of the largest one's area, and those that reach the mask's edge, which
    /// are of a neighbour; the largest one stays.
    static byte[] withoutSmall(byte[] mask, int width) {
        return new Parts(mask, width).cleared();
    }

    private byte[] cleared() {
        int[] areas = new int[mask.length / 2 + 2];
        boolean[] edges = new boolean[areas.length];
        int parts = 0;
        for (int at = 0; at < mask.length; at++) {
            if (mask[at] != 0 && part[at] == 0) {
                parts++;
                areas[parts] = flood(at, parts);
                edges[parts] = atEdge;
            }
        }
        int largest = Arrays.stream(areas, 0, parts + 1).max().orElse(0);
        for (int at = 0; at < mask.length; at++) {
            int area = areas[part[at]];
            if (area < largest && (edges[part[at]] || area * SMALL < largest)) {
                mask[at] = 0;
            }
        }
        return mask;
    }

    private int flood(int start, int label) {
        int count = 1;
        queue[0] = start;
        part[start] = label;
        atEdge = false;
        for (int next = 0; next < count; next++) {
            int x = queue[next] % width;
            int y = queue[next] / width;
            atEdge |= x == 0 || y == 0 || x == width - 1 || y == height - 1;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    int at = ny * width + nx;
                    if (mask[at] != 0 && part[at] == 0) {
                        part[at] = label;
                        queue[count++] = at;
                    }
                }
            }
        }
        return count;
    }
}
