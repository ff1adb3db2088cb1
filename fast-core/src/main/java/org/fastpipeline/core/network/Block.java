// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.util.List;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.WrongUseException;

/// One image or volume in a tensor: its sizes, and where its elements lie.
///
/// @param channelFirst whether it is stored channel by channel
/// @param width columns
/// @param height rows
/// @param depth slices
/// @param channels channels
record Block(boolean channelFirst, int width, int height, int depth, int channels) {
    /// What a tensor of one image holds; axes N and T may be there, of size 1.
    ///
    /// @param where what errors are to call it
    static Block of(TensorSpec spec, String where) {
        boolean single = spec.size(Axis.N) == 1 && spec.size(Axis.T) == 1;
        if (!single || !spec.axes().containsAll(List.of(Axis.H, Axis.W))) {
            throw new WrongUseException(
                    where,
                    "met a tensor " + spec + "; needed one of rows and columns: H, W, C or D, H, W, C",
                    "Name its axes in the model's description, or take a node for other tensors");
        }
        return Shape.of(spec).block();
    }

    /// Number of elements.
    long elements() {
        return (long) width * height * depth * channels;
    }

    /// Elements of a row: of all channels, stored together or channel by channel.
    int rowElements() {
        return Math.multiplyExact(width, channels);
    }

    /// Place of a row's first element, in elements; of one channel's row if channels come first.
    long row(int y, int z, int channel) {
        return channelFirst
                ? (((long) channel * depth + z) * height + y) * width
                : ((long) z * height + y) * rowElements();
    }
}
