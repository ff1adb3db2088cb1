// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Makes one pixel of several, for the smaller levels of a pyramid.
///
/// Colours are averaged over exactly the area that a new pixel covers, so the result does not depend on how it is cut
/// into boxes. Of one channel the pixel in the middle is taken: such images often hold labels, and the mean of two
/// labels would be a third.
///
/// @param kind of which pixels there are, before and after
/// @param factor how many pixels become one along x and y, above 1; need not be whole
/// @param width columns of the image that is made smaller
/// @param height its rows
record Reduction(ImageSpec kind, double factor, int width, int height) {
    /// The size of what was `pixels` long.
    static int reduced(int pixels, double factor) {
        return Math.max(1, Math.toIntExact(Math.round(pixels / factor)));
    }

    /// The pixels that the new pixels of `box` are made of.
    Box source(Box box) {
        int left = first(box.x(), width);
        int top = first(box.y(), height);
        int right = last(box.x() + box.width(), width);
        int bottom = last(box.y() + box.height(), height);
        return new Box(left, top, right - left, bottom - top);
    }

    private int first(int pixel, int size) {
        return Math.min((int) Math.floor(pixel * factor), size - 1);
    }

    private int last(int pixel, int size) {
        return Math.min((int) Math.ceil(pixel * factor), size);
    }

    /// Fills `box` of the smaller image.
    ///
    /// @param from the pixels of [#source]
    /// @param to first pixel of the box, its rows `toStride` bytes apart
    void apply(MemorySegment from, long fromStride, Box box, MemorySegment to, long toStride) {
        Box source = source(box);
        if (kind.channels() == ChannelOrder.GREY) {
            pick(from, fromStride, source, box, to, toStride);
        } else {
            average(from, fromStride, source, box, to, toStride);
        }
    }

    private void pick(MemorySegment from, long fromStride, Box source, Box box, MemorySegment to, long toStride) {
        int bytes = kind.pixelBytes();
        for (int y = 0; y < box.height(); y++) {
            long row = (middle(box.y() + y, height) - source.y()) * fromStride;
            for (int x = 0; x < box.width(); x++) {
                long at = row + (middle(box.x() + x, width) - source.x()) * bytes;
                MemorySegment.copy(from, at, to, y * toStride + (long) x * bytes, bytes);
            }
        }
    }

    private long middle(int pixel, int size) {
        return Math.min((long) ((pixel + 0.5) * factor), size - 1);
    }

    private void average(MemorySegment from, long fromStride, Box source, Box box, MemorySegment to, long toStride) {
        int channels = kind.channels().channels();
        int bytes = kind.type().bytes();
        double[] sums = new double[box.width() * channels];
        for (int y = 0; y < box.height(); y++) {
            Arrays.fill(sums, 0);
            double top = Math.min((box.y() + y) * factor, height - 1);
            double bottom = Math.min((box.y() + y + 1) * factor, height);
            for (int row = (int) top; row < bottom; row++) {
                double weight = Math.min(row + 1, bottom) - Math.max(row, top);
                addRow(from.asSlice((row - source.y()) * fromStride), source, box, sums, weight);
            }
            for (int x = 0; x < box.width(); x++) {
                double area = (bottom - top) * (right(box.x() + x) - left(box.x() + x));
                for (int c = 0; c < channels; c++) {
                    int at = x * channels + c;
                    Samples.set(to, kind.type(), y * toStride + (long) at * bytes, sums[at] / area);
                }
            }
        }
    }

    /// Adds one row of the larger image to the sums of a row of the smaller one.
    private void addRow(MemorySegment row, Box source, Box box, double[] sums, double weight) {
        int channels = kind.channels().channels();
        int bytes = kind.type().bytes();
        for (int x = 0; x < box.width(); x++) {
            double left = left(box.x() + x);
            double right = right(box.x() + x);
            for (int column = (int) left; column < right; column++) {
                double part = weight * (Math.min(column + 1, right) - Math.max(column, left));
                long at = (long) (column - source.x()) * channels * bytes;
                for (int c = 0; c < channels; c++) {
                    sums[x * channels + c] += part * Samples.get(row, kind.type(), at + (long) c * bytes);
                }
            }
        }
    }

    private double left(int pixel) {
        return Math.min(pixel * factor, width - 1);
    }

    private double right(int pixel) {
        return Math.min((pixel + 1) * factor, width);
    }
}
