// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;

/// Makes the tensor that an input of a network reads of an image: for networks with several inputs, and for results
/// that are no images. It has no axis N; a [NeuralNetwork] reads it in place,
/// and must not preprocess it again.
public final class ImageToTensor extends Preprocessed {
    /// The image; a volume for an input with an axis D.
    public final In<Image> image = in("image", Image.class, "what the network is to see");

    /// What the network reads.
    public final Out<Tensor> tensor = out("tensor", Tensor.class, "what the network reads");

    private final ImagePort port;

    /// @param model the network
    /// @param name the model's name of the input
    /// @param input what the network expects
    /// @throws org.fastpipeline.core.error.ModelException if that input reads no images, or its channels cannot be
    ///     told
    public ImageToTensor(LoadedModel model, String name, ImageInput input) {
        super(input);
        this.port = new ImagePort(model, NeuralNetwork.port(name(), "input", name, model.inputs()), input.withBatch(1));
    }

    @Override
    public void execute(Step step) {
        List<Prepared> images = List.of(new Prepared(step.get(image), preparation(step)));
        Tensor written = port.write(images, true, step.memory()).tensor();
        try (Tensor single = written.retainAs(OutputPort.single(written.spec()), written.geometry(), this)) {
            step.put(tensor, single);
        }
    }
}
