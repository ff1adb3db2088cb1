// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;

/// A pyramid that is written part by part, for images that are too large for memory.
///
/// The tiles lie in a temporary file, which is deleted when this builder and all pyramids made by it are closed. What
/// was never written is [ImageSpec#blank] and takes no room. The smaller levels are made of the largest one when a
/// pyramid is asked for, and only where something changed.
///
/// Used by one thread at a time. A pyramid once made does not change, however much is written afterwards: a tile that
/// it shows is written anew elsewhere. It may be read by any thread meanwhile.
public final class PyramidBuilder implements AutoCloseable {
    private static final int TILES_A_PIECE = 64;

    private final PyramidSpec spec;
    private final TileFile file;
    private final List<TileLevel> levels = new ArrayList<>();
    private final List<BitSet> stale = new ArrayList<>();
    private long shown;
    private boolean closed;

    /// A pyramid with nothing in it yet.
    ///
    /// @param image size and kind of the image at level 0
    /// @param magnification of level 0, where it is known
    /// @param folder where the temporary file is made
    /// @throws org.fastpipeline.core.error.OutputException if that cannot be
    public PyramidBuilder(ImageSpec image, OptionalDouble magnification, Path folder) {
        this.spec = PyramidSpec.halved(image, magnification);
        for (PyramidSpec.Level level : spec.levels()) {
            levels.add(TileLevel.empty(image, level));
            stale.add(new BitSet());
        }
        int most = levels.getFirst().slots().length;
        this.file = new TileFile(
                folder, TileLevel.tileBytes(image, spec.levels().getFirst()), Math.min(TILES_A_PIECE, most));
    }

    /// Copies a part of an image of the same kind to level 0.
    ///
    /// @param x column where it comes to lie
    /// @param y row
    /// @throws WrongUseException if channels or types differ, or if the part does not lie inside both
    /// @throws org.fastpipeline.core.error.OutputException if there is no room
    public void write(Image from, Box part, int x, int y) {
        check(from, part, x, y);
        TileLevel level = levels.getFirst();
        Box to = new Box(x, y, part.width(), part.height());
        level.forTiles(to, tile -> {
            Box common = TileLevel.common(to, level.box(tile));
            MemorySegment content = writable(0, tile, common.equals(level.box(tile)));
            Samples.copyRows(
                    from.pixels().asSlice(from.spec().offset(part.x() + common.x() - x, part.y() + common.y() - y, 0)),
                    from.spec().rowStride(),
                    content.asSlice(level.offset(tile, common)),
                    level.tileStride(),
                    (long) common.width() * spec.image().pixelBytes(),
                    common.height());
        });
    }

    private void check(Image from, Box part, int x, int y) {
        ImageSpec kind = spec.image();
        Region source = new Region(part.x(), part.y(), 0, part.width(), part.height(), 1);
        boolean fits = from.spec().region().contains(source) && kind.region().contains(source.at(x, y, 0));
        boolean same = from.spec().channels() == kind.channels() && from.spec().type() == kind.type();
        if (closed || !fits || !same) {
            throw new WrongUseException(
                    toString(),
                    closed
                            ? "met a write after it was closed; needed it open"
                            : "met " + part + " of " + from + " for column " + x + ", row " + y
                                    + "; needed it inside both, and the same kind of pixels",
                    "Write parts of the image that the pyramid was made for");
        }
    }

    /// The content of a tile that no pyramid shows, and that will be written to.
    private MemorySegment writable(int level, int tile, boolean wholly) {
        if (level + 1 < levels.size()) {
            Box box = levels.get(level).box(tile);
            levels.get(level + 1).forTiles(new Box(box.x() / 2, box.y() / 2, 1, 1), stale.get(level + 1)::set);
        }
        long[] slots = levels.get(level).slots();
        long before = slots[tile];
        if (before != TileLevel.NONE && before >= shown) {
            return file.tile(before);
        }
        long slot = file.add();
        MemorySegment content = file.tile(slot);
        if (before != TileLevel.NONE) {
            content.copyFrom(file.tile(before));
        } else if (!wholly) {
            Samples.fill(content, spec.image().type(), spec.image().blank());
        }
        slots[tile] = slot;
        return content;
    }

    /// The pyramid as written so far, which stays as it is; the caller closes it.
    ///
    /// @param memory counts the handles on it; within a step that of the step
    public ImagePyramid pyramid(Allocator memory) {
        if (closed) {
            throw new WrongUseException(toString(), "met a question after it was closed; needed it open", "Ask before");
        }
        try (Arena scratch = Arena.ofConfined()) {
            for (int level = 1; level < levels.size(); level++) {
                update(level, scratch.allocate(4 * TileLevel.tileBytes(spec.image(), spec.level(level))));
            }
        }
        shown = file.tiles();
        file.retain();
        ImmutableList<TileLevel> now = levels.stream().map(TileLevel::copy).collect(ImmutableList.toImmutableList());
        return ImagePyramid.over(spec, new Tiles(file, now), memory);
    }

    /// Makes those tiles of a level anew that are not what the level above says.
    private void update(int number, MemorySegment scratch) {
        TileLevel smaller = levels.get(number);
        TileLevel larger = levels.get(number - 1);
        Reduction halving = new Reduction(
                spec.image(), 2, larger.level().width(), larger.level().height());
        BitSet tiles = stale.get(number);
        tiles.stream().forEach(tile -> {
            Box box = smaller.box(tile);
            Box source = halving.source(box);
            long stride = (long) source.width() * spec.image().pixelBytes();
            larger.read(file, source, scratch, stride);
            halving.apply(scratch, stride, box, writable(number, tile, true), smaller.tileStride());
        });
        tiles.clear();
    }

    /// Ends the writing; pyramids made before are still read. More than once is allowed.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.release();
        }
    }

    @Override
    public String toString() {
        return "builder of a " + spec;
    }

    private record Tiles(TileFile file, ImmutableList<TileLevel> levels) implements ImagePyramid.Reader {
        @Override
        public void read(int level, Box box, MemorySegment to, long rowStride) {
            levels.get(level).read(file, box, to, rowStride);
        }

        @Override
        public void close() {
            file.release();
        }
    }
}
