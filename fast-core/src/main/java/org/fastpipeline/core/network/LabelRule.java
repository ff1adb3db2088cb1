// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableSet;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;

/// How the values of a pixel's channels become its label: the channel with the highest value, the last of equal
/// ones, if that value is above the threshold; 0 if there is none.
///
/// Channel 0 is the background if there is one: a channel must then also reach its value, and has its own number as
/// label; else its number + 1. Of a single channel the label is 1. Channels that are ignored are never chosen, and
/// those after them have lower labels, so that there are no gaps.
///
/// @param threshold what a value must exceed
/// @param background whether channel 0 is the background
/// @param ignored channels that are never chosen
record LabelRule(float threshold, boolean background, ImmutableSet<Integer> ignored) {
    private static final int MOST_U8 = 0xFF;
    private static final int MOST_U16 = 0xFFFF;

    /// A label image in the place of the tensor: U8, and U16 where there are more labels.
    ///
    /// @param where what errors are to call it
    Image labels(Tensor tensor, String where, Allocator memory) {
        Block block = Block.of(tensor.spec(), where);
        int[] chosen = chosen(block.channels());
        if (tensor.spec().type() != ElementType.F32 || block.channelFirst() || chosen.length > MOST_U16) {
            throw new WrongUseException(
                    where,
                    "met a tensor " + tensor.spec() + " with " + chosen.length
                            + " labels; needed F32, channels last, and at most " + MOST_U16 + " labels",
                    "Take a network that gives one value per class, or ignore classes");
        }
        ElementType type = chosen.length > MOST_U8 ? ElementType.U16 : ElementType.U8;
        ImageSpec spec = ImageSpec.volume(block.width(), block.height(), block.depth(), ChannelOrder.GREY, type)
                .with(tensor.geometry());
        Image labels = Image.allocate(spec, memory);
        MemorySegment from = tensor.elements();
        MemorySegment to = labels.writablePixels();
        float[] values = new float[block.rowElements()];
        float[] row = new float[block.width()];
        for (int z = 0; z < block.depth(); z++) {
            for (int y = 0; y < block.height(); y++) {
                Rows.read(from, ElementType.F32, block.row(y, z, 0) * Float.BYTES, values, values.length);
                label(values, block.channels(), chosen, row);
                Rows.write(row, 0, row.length, to, type, spec.offset(0, y, z));
            }
        }
        return labels;
    }

    /// The channels that can be chosen, in the order of their labels, from 1.
    private int[] chosen(int channels) {
        int[] chosen = new int[channels];
        int count = 0;
        for (int c = hasBackground(channels) ? 1 : 0; c < channels; c++) {
            if (!ignored.contains(c)) {
                chosen[count++] = c;
            }
        }
        return Arrays.copyOf(chosen, count);
    }

    private boolean hasBackground(int channels) {
        return background && channels > 1;
    }

    private void label(float[] values, int channels, int[] chosen, float[] row) {
        boolean compared = hasBackground(channels) && !ignored.contains(0);
        for (int x = 0; x < row.length; x++) {
            int first = x * channels;
            float best = compared ? values[first] : Float.NEGATIVE_INFINITY;
            int label = 0;
            for (int i = 0; i < chosen.length; i++) {
                float value = values[first + chosen[i]];
                if (value > threshold && value >= best) {
                    best = value;
                    label = i + 1;
                }
            }
            row[x] = label;
        }
    }
}
