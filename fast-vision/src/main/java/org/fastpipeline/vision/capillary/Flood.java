// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds connected sets of pixels (8 neighbours) whose absorption is above a level, by flooding. Used by one
/// thread.
final class Flood {
    private final Maps maps;
    private final WorkSize size;

    /// The absorption of all pixels, 0 for those that belong to a region found in the pass going on.
    private final byte[] left;

    private int[] queue = new int[1024];

    Flood(Maps maps, WorkSize size) {
        this.maps = maps;
        this.size = size;
        this.left = maps.absorptions();
    }

    /// All regions of the image above `level`, from the top.
    List<Region> regions(int level) {
        List<Region> found = new ArrayList<>();
        for (int at = maps.nextAbove(level, 0); at < size.pixels(); at = maps.nextAbove(level, at + 1)) {
            if (isLeft(at, level)) {
                found.add(region(at, level));
            }
        }
        found.forEach(this::restore);
        return found;
    }

    /// The regions within `region` above a higher `level`.
    List<Region> parts(Region region, int level) {
        List<Region> found = new ArrayList<>();
        region.pixels().forEach(at -> {
            if (isLeft(at, level)) {
                found.add(region(at, level));
            }
        });
        found.forEach(this::restore);
        return found;
    }

    private boolean isLeft(int at, int level) {
        return (left[at] & 0xFF) > level;
    }

    private void restore(Region region) {
        region.pixels().forEach(at -> left[at] = (byte) maps.absorption(at));
    }

    private Region region(int start, int level) {
        int width = size.width();
        int x0 = width;
        int y0 = size.height();
        int x1 = 0;
        int y1 = 0;
        int peak = 0;
        int count = add(start, 0);
        for (int next = 0; next < count; next++) {
            int at = queue[next];
            int x = at % width;
            int y = at / width;
            x0 = Math.min(x0, x);
            y0 = Math.min(y0, y);
            x1 = Math.max(x1, x + 1);
            y1 = Math.max(y1, y + 1);
            peak = Math.max(peak, maps.absorption(at));
            int last = Math.min(width - 1, x + 1);
            for (int ny = Math.max(0, y - 1); ny <= Math.min(size.height() - 1, y + 1); ny++) {
                for (int neighbour = ny * width + Math.max(0, x - 1); neighbour <= ny * width + last; neighbour++) {
                    if (isLeft(neighbour, level)) {
                        count = add(neighbour, count);
                    }
                }
            }
        }
        return new Region(ImmutableIntArray.copyOf(Arrays.copyOf(queue, count)), new Bounds(x0, y0, x1, y1), peak);
    }

    private int add(int at, int count) {
        if (count == queue.length) {
            queue = Arrays.copyOf(queue, 2 * count);
        }
        left[at] = 0;
        queue[count] = at;
        return count + 1;
    }
}
