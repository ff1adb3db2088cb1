// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Which tiles of a file make up one level of a pyramid. A copy stays as it is when more tiles are written.
///
/// @param kind of which pixels there are
/// @param level size of the level and of its tiles
/// @param slots number of each tile in the file, row by row; [#NONE] where nothing was written
@SuppressWarnings("ArrayRecordComponent")
record TileLevel(ImageSpec kind, PyramidSpec.Level level, long[] slots) {
    static final long NONE = -1;

    static TileLevel empty(ImageSpec kind, PyramidSpec.Level level) {
        int rows = Math.ceilDiv(level.height(), level.tileHeight());
        long[] slots = new long[Math.multiplyExact(columns(level), rows)];
        Arrays.fill(slots, NONE);
        return new TileLevel(kind, level, slots);
    }

    private static int columns(PyramidSpec.Level level) {
        return Math.ceilDiv(level.width(), level.tileWidth());
    }

    TileLevel copy() {
        return new TileLevel(kind, level, slots.clone());
    }

    static long tileBytes(ImageSpec kind, PyramidSpec.Level level) {
        return (long) level.tileWidth() * level.tileHeight() * kind.pixelBytes();
    }

    /// Bytes from one row of a tile to the next.
    long tileStride() {
        return (long) level.tileWidth() * kind.pixelBytes();
    }

    /// The part of the level that a tile covers.
    Box box(int tile) {
        int x = tile % columns(level) * level.tileWidth();
        int y = tile / columns(level) * level.tileHeight();
        return new Box(
                x, y, Math.min(level.tileWidth(), level.width() - x), Math.min(level.tileHeight(), level.height() - y));
    }

    /// Calls `action` with each tile that `box`, which lies inside the level, touches.
    void forTiles(Box box, IntConsumer action) {
        for (int row = box.y() / level.tileHeight(); row <= (box.y() + box.height() - 1) / level.tileHeight(); row++) {
            for (int column = box.x() / level.tileWidth();
                    column <= (box.x() + box.width() - 1) / level.tileWidth();
                    column++) {
                action.accept(row * columns(level) + column);
            }
        }
    }

    /// Copies what lies in `box` from the tiles; blank where nothing was written.
    void read(TileFile file, Box box, MemorySegment to, long rowStride) {
        forTiles(box, tile -> {
            Box part = common(box, box(tile));
            MemorySegment first =
                    to.asSlice((part.y() - box.y()) * rowStride + (long) (part.x() - box.x()) * kind.pixelBytes());
            long rowBytes = (long) part.width() * kind.pixelBytes();
            if (slots[tile] == NONE) {
                for (long row = 0; row < part.height(); row++) {
                    Samples.fill(first.asSlice(row * rowStride, rowBytes), kind.type(), kind.blank());
                }
            } else {
                MemorySegment content = file.tile(slots[tile]).asSlice(offset(tile, part));
                Samples.copyRows(content, tileStride(), first, rowStride, rowBytes, part.height());
            }
        });
    }

    /// Where a part of a tile begins, in bytes from the start of the tile.
    long offset(int tile, Box part) {
        Box all = box(tile);
        return (part.y() - all.y()) * tileStride() + (long) (part.x() - all.x()) * kind.pixelBytes();
    }

    /// What lies in both boxes, which are known to touch.
    static Box common(Box one, Box other) {
        int left = Math.max(one.x(), other.x());
        int top = Math.max(one.y(), other.y());
        int right = Math.min(one.x() + one.width(), other.x() + other.width());
        int bottom = Math.min(one.y() + one.height(), other.y() + other.height());
        return new Box(left, top, right - left, bottom - top);
    }
}
