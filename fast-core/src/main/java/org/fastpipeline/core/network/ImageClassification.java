// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.Preprocessing;

/// A network that gives an image, or each image of a batch, one score per class.
///
/// Of `image` and `batch` one is connected. Images are resized and preprocessed in one pass. A batch has the
/// network's size already, and its elements are preprocessed; a tensor without an axis N is one image. A network that
/// reads a fixed number of images at once is given a batch in groups of so many, the last filled up with zeros whose
/// scores are dropped.
///
/// It reports the times `input` (preprocessing), `inference` and `output`. A batch without images gives no scores,
/// and the engine is not asked. The model stays the caller's, and open for as long as pipelines use this node.
public final class ImageClassification extends Preprocessed {
    /// The image.
    public final In<Image> image = optional("image", Image.class, "the image, where no batch is connected");

    /// The images, equal in size: N, H, W, C.
    public final In<Tensor> batch = optional("batch", Tensor.class, "images of equal size: N, H, W, C");

    /// The scores, image by image.
    public final Out<Scores> scores = out("scores", Scores.class, "one score per image and class, image by image");

    private final LoadedModel model;
    private final NetworkInput tensors;
    private final Optional<ImagePort> images;
    private final ImmutableList<String> labels;

    /// A node for a described model.
    public ImageClassification(LoadedModel model, ModelDescriptor descriptor) {
        this(model, ImageInput.of(descriptor), descriptor.labels());
    }

    /// @param model a network with one input, and one F32 output with one element per image and class
    /// @param preprocessing what is done to the images' elements
    /// @param labels the classes, in the network's order
    /// @throws ModelException if the network has other ports, or another number of classes
    public ImageClassification(LoadedModel model, Preprocessing preprocessing, ImmutableList<String> labels) {
        this(model, ImageInput.PLAIN.with(preprocessing).with(Layout.DECLARED), labels);
    }

    /// @param model a network with one input, and one F32 output with one element per image and class
    /// @param input what the network expects; batches of several frames are not made here
    /// @param labels the classes, in the network's order
    /// @throws ModelException if the network has other ports, or another number of classes
    public ImageClassification(LoadedModel model, ImageInput input, ImmutableList<String> labels) {
        super(input.withBatch(1));
        if (model.inputs().size() != 1 || model.outputs().size() != 1) {
            throw new ModelException(
                    model.name(),
                    "met inputs " + model.inputs() + " and outputs " + model.outputs() + "; needed one of each",
                    "Choose one input and one output by name",
                    null);
        }
        this.model = model;
        Model.Port port = model.inputs().getFirst();
        this.tensors = new NetworkInput(model.name(), port, input.preprocessing(), Ordering.of(input.layout(), model));
        this.images = Ordering.isImage(port.spec())
                ? Optional.of(new ImagePort(model, port, input.withBatch(1)))
                : Optional.empty();
        this.labels = labels;
        checkOutput(model.outputs().getFirst().spec(), TensorSpec.UNKNOWN);
    }

    private void checkOutput(TensorSpec spec, long items) {
        boolean fits = spec.type() == ElementType.F32
                && spec.rank() > 1
                && fits(spec.sizes().get(0), items);
        long classes = 1;
        for (int i = 1; fits && i < spec.rank(); i++) {
            classes = spec.sizes().get(i) == TensorSpec.UNKNOWN
                    ? TensorSpec.UNKNOWN
                    : classes * spec.sizes().get(i);
            if (classes == TensorSpec.UNKNOWN) {
                break;
            }
        }
        if (!fits || !fits(classes, labels.size())) {
            throw new ModelException(
                    model.name(),
                    "output is " + spec + "; needed F32 with " + labels.size() + " classes per image: " + labels,
                    "Give one label per class, or take a classification network",
                    null);
        }
    }

    private static boolean fits(long met, long needed) {
        return met == TensorSpec.UNKNOWN || needed == TensorSpec.UNKNOWN || met == needed;
    }

    @Override
    public void execute(Step step) throws InterruptedException {
        Preparation preparation = preparation(step);
        Optional<Image> seen = step.find(image);
        Optional<Tensor> given = step.find(batch);
        if (seen.isPresent() == given.isPresent()) {
            throw new WrongUseException(
                    name() + ", frame " + step.frame(),
                    "met " + (seen.isPresent() ? "both" : "neither") + " of image and batch; needed one of them",
                    "Connect one");
        }
        ImmutableDoubleArray.Builder values = ImmutableDoubleArray.builder();
        try (Parts parts = new Parts(step)) {
            parts.begin("input");
            if (seen.isPresent()) {
                run(fed -> feed(fed, step, seen.get(), preparation), 1, parts, step, values);
            } else {
                NetworkInput input = tensors.with(preparation.preprocessing());
                try (Groups groups = new Groups(given.get(), tensors.port().spec(), step.memory())) {
                    while (groups.next()) {
                        parts.begin("input");
                        run(fed -> fed.add(input, groups.group()), groups.items(), parts, step, values);
                    }
                }
            }
            step.put(scores, new Scores(labels, values.build()));
        }
    }

    private void feed(Fed fed, Step step, Image seen, Preparation preparation) {
        ImagePort port = images.orElseThrow(() -> new WrongUseException(
                image + ", frame " + step.frame(),
                "met " + seen + "; needed what the network reads: "
                        + tensors.port().spec(),
                "Connect a batch, or name the axes of the network's input"));
        fed.add(port.write(List.of(new Prepared(seen, preparation)), false, step.memory())
                .tensor());
    }

    /// Runs the network once, and takes the scores of the first `items` of what it was fed.
    private void run(Consumer<Fed> feed, long items, Parts parts, Step step, ImmutableDoubleArray.Builder values)
            throws InterruptedException {
        try (Fed fed = new Fed(model, step.memory())) {
            feed.accept(fed);
            parts.begin("inference");
            Tensor output = fed.run().getFirst();
            parts.begin("output");
            checkOutput(output.spec(), fed.items());
            MemorySegment elements = output.elements();
            for (long i = 0; i < items * labels.size(); i++) {
                values.add(elements.getAtIndex(ValueLayout.JAVA_FLOAT, i));
            }
        }
    }
}
