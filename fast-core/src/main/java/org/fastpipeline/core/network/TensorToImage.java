// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Makes an F32 image of channels of a tensor, interleaved in the order in which they are picked. All channels of an
/// F32 tensor are not copied.
///
/// One channel is grey, two are x and y, three are red, green and blue, and a fourth is opacity.
public final class TensorToImage extends Stateless {
    /// A tensor with rows and columns: H, W, C, or D, H, W, C.
    public final In<Tensor> tensor = in("tensor", Tensor.class, "a tensor with rows and columns: H, W, C");

    /// The picked channels, F32, where the tensor lies.
    public final Out<Image> image = out("image", Image.class, "the picked channels as 32-bit floats");

    private final ImmutableList<Integer> channels;

    /// All channels.
    public TensorToImage() {
        this(ImmutableList.of());
    }

    /// @param channels the channels to pick, 1 to 4 of them, from 0; empty for all
    public TensorToImage(ImmutableList<Integer> channels) {
        this.channels = channels;
    }

    @Override
    public void execute(Step step) {
        String where = tensor + ", frame " + step.frame();
        try (Tensor values = Shape.ordered(step.get(tensor), step.memory(), this)) {
            Block block = Block.of(values.spec(), where);
            int count = channels.isEmpty() ? block.channels() : channels.size();
            for (int channel : channels) {
                if (channel < 0 || channel >= block.channels()) {
                    throw new WrongUseException(
                            where,
                            "met " + values.spec() + " for channel " + channel + "; needed one of 0 to "
                                    + (block.channels() - 1),
                            "Pick channels that there are");
                }
            }
            ImageSpec spec = ImageSpec.volume(
                            block.width(),
                            block.height(),
                            block.depth(),
                            order(count, ChannelOrder.RGB, where),
                            ElementType.F32)
                    .with(values.geometry());
            if (channels.isEmpty() && values.spec().type() == ElementType.F32) {
                try (Image same = values.asImage(spec, this)) {
                    step.put(image, same);
                }
            } else {
                step.put(image, picked(values, block, spec, step));
            }
        }
    }

    /// The order of so many channels.
    ///
    /// @param three the order of three
    /// @throws WrongUseException if no image has as many
    static ChannelOrder order(int channels, ChannelOrder three, String where) {
        return switch (channels) {
            case 1 -> ChannelOrder.GREY;
            case 2 -> ChannelOrder.XY;
            case 3 -> three;
            case 4 -> ChannelOrder.RGBA;
            default ->
                throw new WrongUseException(where, "met " + channels + " channels; needed 1 to 4", "Pick some of them");
        };
    }

    private Image picked(Tensor values, Block block, ImageSpec spec, Step step) {
        Image result = Image.allocate(spec, step.memory());
        MemorySegment from = values.elements();
        MemorySegment to = result.writablePixels();
        ElementType type = values.spec().type();
        int[] picked = new int[spec.channels().channels()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = channels.isEmpty() ? i : channels.get(i);
        }
        float[] read = new float[block.rowElements()];
        float[] row = new float[block.width() * picked.length];
        for (int z = 0; z < block.depth(); z++) {
            for (int y = 0; y < block.height(); y++) {
                Rows.read(from, type, block.row(y, z, 0) * type.bytes(), read, read.length);
                for (int x = 0; x < block.width(); x++) {
                    for (int i = 0; i < picked.length; i++) {
                        row[x * picked.length + i] = read[x * block.channels() + picked[i]];
                    }
                }
                Rows.write(row, 0, row.length, to, ElementType.F32, spec.offset(0, y, z));
            }
        }
        return result;
    }
}
