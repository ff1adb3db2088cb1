// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.Arrays;

/// Connected parts (8 neighbours) of a mask, put together of runs of pixels along its rows: a run belongs to those of
/// the row above that it touches. Used by one thread.
final class Parts {
    private static final int SMALL = 4;

    private final byte[] mask;
    private final int width;
    private final int height;

    /// First pixel of each run, and the one after its last.
    private int[] from = new int[256];

    private int[] to = new int[256];

    /// A run of the same part that comes before, or the run itself.
    private int[] root = new int[256];

    private int runs;

    private Parts(byte[] mask, int width) {
        this.mask = mask;
        this.width = width;
        this.height = mask.length / width;
    }

    /// Clears parts of less than a quarter of the largest one's area, and those that reach the mask's edge, which
    /// are of a neighbour; the largest one stays.
    static byte[] withoutSmall(byte[] mask, int width) {
        Parts parts = new Parts(mask, width);
        parts.join();
        parts.clear();
        return mask;
    }

    private void join() {
        int above = 0;
        for (int y = 0; y < height; y++) {
            int first = runs;
            findRuns(y);
            int other = above;
            for (int run = first; run < runs; run++) {
                // A pixel touches those above it, also over a corner; a run above may reach several.
                while (other < first && to[other] + width < from[run]) {
                    other++;
                }
                for (int next = other; next < first && from[next] + width <= to[run]; next++) {
                    unite(run, next);
                }
            }
            above = first;
        }
    }

    private void findRuns(int y) {
        int end = (y + 1) * width;
        for (int at = y * width; at < end; at++) {
            if (mask[at] != 0) {
                int start = at;
                while (at < end && mask[at] != 0) {
                    at++;
                }
                add(start, at);
            }
        }
    }

    private void add(int start, int end) {
        if (runs == from.length) {
            from = Arrays.copyOf(from, 2 * runs);
            to = Arrays.copyOf(to, 2 * runs);
            root = Arrays.copyOf(root, 2 * runs);
        }
        from[runs] = start;
        to[runs] = end;
        root[runs] = runs;
        runs++;
    }

    private int find(int run) {
        int at = run;
        while (root[at] != at) {
            root[at] = root[root[at]];
            at = root[at];
        }
        return at;
    }

    private void unite(int one, int other) {
        int a = find(one);
        int b = find(other);
        root[Math.max(a, b)] = Math.min(a, b);
    }

    private void clear() {
        int[] areas = new int[runs];
        boolean[] edges = new boolean[runs];
        int largest = 0;
        for (int run = 0; run < runs; run++) {
            int part = find(run);
            areas[part] += to[run] - from[run];
            edges[part] |= from[run] < width
                    || to[run] > mask.length - width
                    || from[run] % width == 0
                    || to[run] % width == 0;
            largest = Math.max(largest, areas[part]);
        }
        for (int run = 0; run < runs; run++) {
            int part = find(run);
            if (areas[part] < largest && (edges[part] || areas[part] * SMALL < largest)) {
                Arrays.fill(mask, from[run], to[run], (byte) 0);
            }
        }
    }
}
