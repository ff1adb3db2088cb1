// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.util.List;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;

/// Makes the tensor that an input of a network reads of several images: of those of a
/// [Group][org.fastpipeline.core.stream.Group], or of a [SlidingWindow][org.fastpipeline.core.stream.SlidingWindow].
///
/// An input with an axis T reads them as steps in time, oldest first; then the tensor has no axis N. Any other reads
/// them as a batch, in their order along N.
public final class ImagesToTensor extends Preprocessed {
    /// The images.
    public final In<Images> images = in("images", Images.class, "what the network is to see");

    /// What the network reads.
    public final Out<Tensor> tensor = out("tensor", Tensor.class, "what the network reads");

    private final ImagePort port;

    /// @param model the network
    /// @param name the model's name of the input
    /// @param input what the network expects
    /// @throws org.fastpipeline.core.error.ModelException if that input reads no images, or its channels cannot be
    ///     told
    public ImagesToTensor(LoadedModel model, String name, ImageInput input) {
        super(input);
        this.port = new ImagePort(model, NeuralNetwork.port(name(), "input", name, model.inputs()), input.withBatch(1));
    }

    @Override
    public void execute(Step step) {
        Preparation preparation = preparation(step);
        List<Prepared> all = step.get(images).images().stream()
                .map(image -> new Prepared(image, preparation))
                .toList();
        if (all.isEmpty()) {
            throw new WrongUseException(
                    images + ", frame " + step.frame(), "met no images; needed one or more", "Skip empty groups");
        }
        Tensor written = port.write(all, true, step.memory()).tensor();
        if (!port.isSequence()) {
            step.put(tensor, written);
            return;
        }
        try (Tensor single = written.retainAs(OutputPort.single(written.spec()), written.geometry(), this)) {
            step.put(tensor, single);
        }
    }
}
