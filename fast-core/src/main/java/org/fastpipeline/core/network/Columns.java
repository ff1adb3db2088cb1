// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.ImageSpec;

/// Reads a row of an image at other columns, with its channels in another order, next to each other or one after
/// another. Which samples make an element, and with what weights, is laid down once: reading is one loop without a
/// decision in it.
final class Columns {
    private final ImageSpec from;
    private final int samples;
    private final int[] left;
    private final int[] right;
    private final float[] weight;
    private final boolean sameWidth;
    private final boolean straight;
    private final Block to;
    private final int empty;
    private final boolean flipped;
    private final byte[] bytes;
    private final float[] floats;

    /// @param width columns that are read, from the left
    /// @param usedWidth columns they become, from the left, or from the right if flipped; the others are 0
    Columns(ImageSpec from, int width, Block to, int usedWidth, boolean swapped, boolean flipped) {
        this.from = from;
        this.to = to;
        this.empty = to.width() - usedWidth;
        this.flipped = flipped;
        this.samples = width * from.channels().channels();
        this.sameWidth = width == usedWidth;
        this.left = new int[to.rowElements()];
        this.right = new int[to.rowElements()];
        this.weight = new float[to.rowElements()];
        boolean isByte = from.type() == ElementType.U8;
        this.bytes = new byte[isByte ? samples : 0];
        this.floats = new float[isByte ? 0 : samples];
        double scale = (double) width / usedWidth;
        for (int x = 0; x < usedWidth; x++) {
            double place = Math.clamp((x + 0.5) * scale - 0.5, 0, width - 1);
            int column = (int) place;
            for (int c = 0; c < to.channels(); c++) {
                int source = swapped ? to.channels() - 1 - c : c;
                int at = element(flipped ? to.width() - 1 - x : x, c);
                left[at] = column * to.channels() + source;
                right[at] = Math.min(column + 1, width - 1) * to.channels() + source;
                weight[at] = (float) (place - column);
            }
        }
        this.straight = sameWidth && isStraight(left);
    }

    private static boolean isStraight(int[] places) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] != i) {
                return false;
            }
        }
        return true;
    }

    private int element(int x, int channel) {
        return to.channelFirst() ? channel * to.width() + x : x * to.channels() + channel;
    }

    /// Reads a row.
    void read(MemorySegment pixels, int y, int z, float[] row) {
        long at = from.offset(0, y, z);
        if (from.type() == ElementType.U8) {
            MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, at, bytes, 0, samples);
            fromBytes(row);
        } else {
            Rows.read(pixels, from.type(), at, floats, samples);
            fromFloats(row);
        }
        clear(row);
    }

    private void fromBytes(float[] row) {
        byte[] read = bytes;
        if (straight) {
            for (int i = 0; i < row.length; i++) {
                row[i] = read[i] & 0xFF;
            }
        } else if (sameWidth) {
            for (int i = 0; i < row.length; i++) {
                row[i] = read[left[i]] & 0xFF;
            }
        } else {
            for (int i = 0; i < row.length; i++) {
                int one = read[left[i]] & 0xFF;
                row[i] = one + ((read[right[i]] & 0xFF) - one) * weight[i];
            }
        }
    }

    private void fromFloats(float[] row) {
        float[] read = floats;
        if (sameWidth) {
            for (int i = 0; i < row.length; i++) {
                row[i] = read[left[i]];
            }
        } else {
            for (int i = 0; i < row.length; i++) {
                float one = read[left[i]];
                row[i] = one + (read[right[i]] - one) * weight[i];
            }
        }
    }

    /// The columns that the image does not reach.
    private void clear(float[] row) {
        if (empty == 0) {
            return;
        }
        int first = flipped ? 0 : to.width() - empty;
        if (to.channelFirst()) {
            for (int c = 0; c < to.channels(); c++) {
                Arrays.fill(row, c * to.width() + first, c * to.width() + first + empty, 0);
            }
        } else {
            Arrays.fill(row, first * to.channels(), (first + empty) * to.channels(), 0);
        }
    }
}
