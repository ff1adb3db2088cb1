// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.memory.Allocator;

/// Gives label images another size: each pixel has the label of the one at its place, so none are invented.
final class Nearest {
    private Nearest() {}

    /// @param labels of one channel
    /// @param width columns that are read of it, from the left
    /// @param height rows that are read of it, from the top
    /// @param like an image of the size and in the place that the result is to have
    static Image resized(Image labels, int width, int height, ImageSpec like, Allocator memory) {
        ImageSpec from = labels.spec();
        ElementType type = from.type();
        ImageSpec spec = ImageSpec.volume(like.width(), like.height(), like.depth(), from.channels(), type)
                .with(like.geometry());
        Image result = Image.allocate(spec, memory);
        int[] columns = places(width, like.width());
        int[] rows = places(height, like.height());
        int[] slices = places(from.depth(), like.depth());
        MemorySegment source = labels.pixels();
        MemorySegment target = result.writablePixels();
        float[] read = new float[width];
        float[] row = new float[like.width()];
        for (int z = 0; z < like.depth(); z++) {
            for (int y = 0; y < like.height(); y++) {
                Rows.read(source, type, from.offset(0, rows[y], slices[z]), read, width);
                for (int x = 0; x < row.length; x++) {
                    row[x] = read[columns[x]];
                }
                Rows.write(row, 0, row.length, target, type, spec.offset(0, y, z));
            }
        }
        return result;
    }

    private static int[] places(int from, int to) {
        int[] places = new int[to];
        for (int i = 0; i < to; i++) {
            places[i] = Math.min((int) ((i + 0.5) * from / to), from - 1);
        }
        return places;
    }
}
