// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;

/// A network that reads one image and makes something of it that lies where the image does.
///
/// With [ImageInput#batch] above 1 it works on so many consecutive frames at once, fewer at the end of a stream;
/// each frame gets its own result with its own metadata. It reports the times `input`, `inference` and `output`, of
/// a batch on its first frame. The model stays the caller's, and open for as long as pipelines use this node.
public abstract sealed class ImageNetwork extends Preprocessed
        permits SegmentationNetwork, ImageToImage, BoundingBoxNetwork {
    /// The image; a volume for a network with an axis D.
    public final In<Image> image = in("image", Image.class, "what the network is to see");

    private final LoadedModel model;
    private final ImagePort port;
    private final ImmutableList<OutputPort> outputs;

    /// @throws ModelException if the network has more than one input, reads no images, or its channels cannot be told
    ImageNetwork(LoadedModel model, ImageInput input) {
        super(input);
        if (model.inputs().size() != 1) {
            throw new ModelException(
                    model.name(),
                    "met inputs " + model.inputs() + "; needed one, which reads images",
                    "Choose one by name, or take a NeuralNetwork",
                    null);
        }
        this.model = model;
        this.port = new ImagePort(model, model.inputs().getFirst(), input);
        this.outputs = OutputPort.all(model, port.ordering());
    }

    final LoadedModel model() {
        return model;
    }

    /// Where the model has its channels.
    final Ordering ordering() {
        return port.ordering();
    }

    @Override
    public final int batch() {
        return input().batch();
    }

    @Override
    public final void execute(Step step) throws InterruptedException {
        execute(List.of(step));
    }

    @Override
    public void execute(List<Step> steps) throws InterruptedException {
        Step first = steps.getFirst();
        try (Parts parts = new Parts(first)) {
            parts.begin("input");
            List<Prepared> images = steps.stream()
                    .map(step -> new Prepared(step.get(image), preparation(step)))
                    .toList();
            ImagePort.Written written = port.write(images, false, first.memory());
            parts.begin("inference");
            List<Tensor> results = infer(written.tensor(), first, steps.size());
            parts.begin("output");
            for (int i = 0; i < steps.size(); i++) {
                put(
                        steps.get(i),
                        new Results(results, i, steps.size(), written.fits().get(i)));
            }
        }
    }

    /// Runs the network, on `count` images at once.
    List<Tensor> infer(Tensor images, Step first, int count) throws InterruptedException {
        return model.run(List.of(images), (_, spec) -> Tensor.allocate(spec, first.memory()));
    }

    /// Fails unless the network gives one output, with rows and columns.
    final void checkOneOutput() {
        if (model.outputs().size() != 1 || !isPlaced(model.outputs().getFirst().spec())) {
            throw new ModelException(
                    model.name(),
                    "met outputs " + model.outputs() + "; needed one with rows and columns: H, W",
                    "Choose one by name, give its shape in ModelSource.shapes, or take a NeuralNetwork",
                    null);
        }
    }

    private static boolean isPlaced(TensorSpec spec) {
        return spec.axes().containsAll(List.of(Axis.H, Axis.W));
    }

    /// Gives out what the network gave for one image.
    abstract void put(Step step, Results results);

    /// What the network gave for one of the images that it was given at once.
    final class Results {
        private final List<Tensor> tensors;
        private final int index;
        private final int count;
        private final Fit fit;

        Results(List<Tensor> tensors, int index, int count, Fit fit) {
            this.tensors = tensors;
            this.index = index;
            this.count = count;
            this.fit = fit;
        }

        /// How the image lay in what the network read.
        Fit fit() {
            return fit;
        }

        /// What one output gave, channels last, mirrored back; the caller closes it.
        Tensor get(int output, Step step) {
            return outputs.get(output).item(tensors.get(output), index, count, fit, step.memory());
        }
    }
}
