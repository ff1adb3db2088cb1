// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.Preprocessing;

/// What a network expects of the images that it is given.
///
/// @param preprocessing what is done to the samples' real values (sample x slope + intercept) when nothing else is
///     set
/// @param channels the order of channels that it was trained with; images in another order of as many are reordered
/// @param layout where the model has the channels
/// @param batch how many consecutive frames are given to it at once, for throughput; 1 or more. Results of engines
///     may depend on it in their last digits
public record ImageInput(Preprocessing preprocessing, ChannelOrder channels, Layout layout, int batch) {
    /// Samples as they are, colours as RGB, a guessed layout, one image at a time.
    public static final ImageInput PLAIN = new ImageInput(Preprocessing.NONE, ChannelOrder.RGB, Layout.GUESSED, 1);

    public ImageInput {
        if (batch < 1) {
            throw new WrongUseException(
                    "image input", "met batches of " + batch + " images; needed 1 or more", "Raise it");
        }
    }

    /// What a model's description says.
    public static ImageInput of(ModelDescriptor descriptor) {
        return new ImageInput(descriptor.preprocessing(), descriptor.channels(), Layout.DECLARED, 1);
    }

    /// The same with other preprocessing.
    public ImageInput with(Preprocessing other) {
        return new ImageInput(other, channels, layout, batch);
    }

    /// The same with another order of channels.
    public ImageInput with(ChannelOrder other) {
        return new ImageInput(preprocessing, other, layout, batch);
    }

    /// The same with another layout.
    public ImageInput with(Layout other) {
        return new ImageInput(preprocessing, channels, other, batch);
    }

    /// The same with so many consecutive frames at once.
    public ImageInput withBatch(int other) {
        return new ImageInput(preprocessing, channels, layout, other);
    }
}
