// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.ImageSpec;

/// Gives images of one size another size, order of channels, layout, range and element type, in one pass from memory
/// to memory. Used by one thread.
///
/// Resizing is linear between the centres of pixels, also where an image shrinks: no more neighbours are taken then.
/// What the image does not reach is 0 before the range is changed.
final class ImagePass {
    private final Block to;
    private final int usedHeight;
    private final Columns columns;
    private final double scaleY;
    private final double scaleZ;
    private final int lastRow;
    private final int lastSlice;
    private final Pair front;
    private final Pair back;

    /// The rows above and below, with their columns interpolated, so that the next row may find them.
    private static final class Pair {
        private final Line upper;
        private final Line lower;

        Pair(int elements) {
            this.upper = new Line(elements);
            this.lower = new Line(elements);
        }
    }

    /// A row with its columns interpolated.
    private static final class Line {
        private float[] values;
        private int row = -1;
        private int slice = -1;

        Line(int elements) {
            this.values = new float[elements];
        }

        boolean holds(int thatRow, int thatSlice) {
            return row == thatRow && slice == thatSlice;
        }

        void swap(Line other) {
            float[] mine = values;
            int myRow = row;
            int mySlice = slice;
            values = other.values;
            row = other.row;
            slice = other.slice;
            other.values = mine;
            other.row = myRow;
            other.slice = mySlice;
        }
    }

    /// A pass from images to what a network reads.
    ///
    /// @param order the network's order of channels
    ImagePass(Fit fit, Block to, ChannelOrder order) {
        this(
                fit.image(),
                fit.image().width(),
                fit.image().height(),
                to,
                fit.usedWidth(),
                fit.usedHeight(),
                swaps(fit.image(), order),
                fit.flipped());
    }

    private static boolean swaps(ImageSpec image, ChannelOrder order) {
        ChannelOrder own = image.channels();
        return (own == ChannelOrder.RGB && order == ChannelOrder.BGR)
                || (own == ChannelOrder.BGR && order == ChannelOrder.RGB);
    }

    /// @param width columns that are read of an image, from the left
    /// @param height rows that are read of it, from the top
    /// @param usedWidth columns they become
    /// @param usedHeight rows they become
    /// @param swapped whether the first and third channel change places
    /// @param flipped whether rows are mirrored
    ImagePass(
            ImageSpec from,
            int width,
            int height,
            Block to,
            int usedWidth,
            int usedHeight,
            boolean swapped,
            boolean flipped) {
        this.to = to;
        this.usedHeight = usedHeight;
        this.columns = new Columns(from, width, to, usedWidth, swapped, flipped);
        this.scaleY = (double) height / usedHeight;
        this.scaleZ = (double) from.depth() / to.depth();
        this.lastRow = height - 1;
        this.lastSlice = from.depth() - 1;
        this.front = new Pair(to.rowElements());
        this.back = new Pair(to.rowElements());
    }

    /// Does it.
    ///
    /// @param pixels samples of an image of the spec given
    /// @param type element type of the result
    /// @param first place of the result's first element, in elements
    void run(MemorySegment pixels, Affine change, MemorySegment result, ElementType type, long first) {
        forget();
        float[] row = new float[to.rowElements()];
        for (int z = 0; z < to.depth(); z++) {
            for (int y = 0; y < to.height(); y++) {
                if (y < usedHeight) {
                    interpolate(pixels, y, z, row);
                } else {
                    Arrays.fill(row, 0);
                }
                change.apply(row, row.length);
                store(row, y, z, result, type, first);
            }
        }
    }

    private void forget() {
        for (Line line : new Line[] {front.upper, front.lower, back.upper, back.lower}) {
            line.row = -1;
        }
    }

    private void store(float[] row, int y, int z, MemorySegment result, ElementType type, long first) {
        int bytes = type.bytes();
        if (!to.channelFirst()) {
            Rows.write(row, 0, row.length, result, type, (first + to.row(y, z, 0)) * bytes);
            return;
        }
        for (int c = 0; c < to.channels(); c++) {
            Rows.write(row, c * to.width(), to.width(), result, type, (first + to.row(y, z, c)) * bytes);
        }
    }

    private void interpolate(MemorySegment pixels, int y, int z, float[] row) {
        double slice = Math.clamp((z + 0.5) * scaleZ - 0.5, 0, lastSlice);
        int near = (int) slice;
        float weight = (float) (slice - near);
        plane(pixels, front, y, near, row);
        if (weight > 0) {
            float[] behind = new float[row.length];
            plane(pixels, back, y, near + 1, behind);
            blend(row, behind, weight, row);
        }
    }

    private void plane(MemorySegment pixels, Pair pair, int y, int slice, float[] row) {
        double place = Math.clamp((y + 0.5) * scaleY - 0.5, 0, lastRow);
        int above = (int) place;
        float weight = (float) (place - above);
        if (pair.lower.holds(above, slice)) {
            pair.upper.swap(pair.lower);
        }
        fill(pixels, pair.upper, above, slice);
        if (weight > 0) {
            fill(pixels, pair.lower, above + 1, slice);
            blend(pair.upper.values, pair.lower.values, weight, row);
        } else {
            System.arraycopy(pair.upper.values, 0, row, 0, row.length);
        }
    }

    private void fill(MemorySegment pixels, Line line, int row, int slice) {
        if (!line.holds(row, slice)) {
            columns.read(pixels, row, slice, line.values);
            line.row = row;
            line.slice = slice;
        }
    }

    private static void blend(float[] one, float[] other, float weight, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = one[i] + (other[i] - one[i]) * weight;
        }
    }
}
