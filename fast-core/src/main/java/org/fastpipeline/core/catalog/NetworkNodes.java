// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import org.fastpipeline.core.graph.Parameter.Declaration;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.Models;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.network.Anchors;
import org.fastpipeline.core.network.BoundingBoxNetwork;
import org.fastpipeline.core.network.ClassificationToText;
import org.fastpipeline.core.network.ImageClassification;
import org.fastpipeline.core.network.ImageInput;
import org.fastpipeline.core.network.ImageToImage;
import org.fastpipeline.core.network.ImageToTensor;
import org.fastpipeline.core.network.ImagesToTensor;
import org.fastpipeline.core.network.Layout;
import org.fastpipeline.core.network.NeuralNetwork;
import org.fastpipeline.core.network.NonMaximumSuppression;
import org.fastpipeline.core.network.RecurrentNetwork;
import org.fastpipeline.core.network.SegmentationNetwork;
import org.fastpipeline.core.network.TensorToDetections;
import org.fastpipeline.core.network.TensorToImage;
import org.fastpipeline.core.network.TensorToSegmentation;

/// Networks, what gives images to them, and what reads their results.
final class NetworkNodes {
    private static final int MOST_THREADS = 256;
    private static final int MOST_IMAGES = 1024;

    private final Setting<Path> model = Setting.required(
            Declaration.path("model", "models/capillary", "folder of the model, with its model.properties"));
    private final Setting<String> engine = Setting.optional(Declaration.text(
            "engine", EngineWish.AUTO, "name of the inference engine, or auto for whichever fits the model best"));
    private final Setting<Integer> threads = Setting.optional(Declaration.integer(
            "threads",
            1,
            1,
            MOST_THREADS,
            "threads",
            "threads of one inference session; results may depend on it in their last digits"));
    private final Setting<String> inputs = Setting.several(
            Declaration.text("inputs", "crops", "the model's names of its inputs; they become the node's inputs"));
    private final Setting<String> outputs = Setting.several(
            Declaration.text("outputs", "scores", "the model's names of its outputs; they become the node's outputs"));
    private final Setting<Integer> batch = Setting.optional(Declaration.integer(
            "batch",
            1,
            1,
            MOST_IMAGES,
            "frames",
            "frames that are given to the network at once; results may depend on it in their last digits"));
    private final Setting<String> anchors = Setting.required(Declaration.text(
            "anchors", "10x14,23x27", "sizes of boxes in pixels of what the network reads; ';' between outputs"));

    private final Setting<String> input = Setting.required(
            Declaration.text("input", "crops", "the model's name of the input that is to read the tensor"));

    ImmutableList<NodeType> types() {
        return ImmutableList.of(
                imageClassification(),
                neuralNetwork(),
                recurrentNetwork(),
                segmentationNetwork(),
                imageToImage(),
                boundingBoxNetwork(),
                imageToTensor(),
                imagesToTensor(),
                tensorToSegmentation(),
                tensorToImage(),
                new NodeType(
                        "TensorToDetections",
                        "reads objects from the grids of a YOLO network",
                        ImmutableList.of(anchors),
                        (settings, _) -> new TensorToDetections(Anchors.parse(settings.get(anchors)))),
                NodeType.of(
                        "NonMaximumSuppression",
                        "drops objects that were found more than once",
                        NonMaximumSuppression::new),
                NodeType.of(
                        "ClassificationToText",
                        "names the class with the highest mean score over the last frames",
                        ClassificationToText::new));
    }

    /// A model through the ports that its description names.
    private Models.Described described(Settings settings, Models models) {
        return models.load(settings.get(model), EngineWish.parse(settings.get(engine)), settings.get(threads));
    }

    /// A model through the ports that the settings name.
    private Models.Described chosen(Settings settings, Models models) {
        return models.load(
                settings.get(model),
                EngineWish.parse(settings.get(engine)),
                settings.get(threads),
                settings.all(inputs),
                settings.all(outputs));
    }

    private static ImmutableMap<String, Preprocessing> preprocessing(ModelDescriptor descriptor) {
        String input = descriptor.source().inputs().stream().findFirst().orElse("");
        return ImmutableMap.of(input, descriptor.preprocessing());
    }

    private NodeType imageClassification() {
        return new NodeType(
                "ImageClassification",
                "gives an image, or each image of a batch, one score per class",
                ImmutableList.of(model, engine, threads),
                (settings, models) -> {
                    Models.Described found = described(settings, models);
                    return new ImageClassification(found.model(), found.descriptor());
                });
    }

    private NodeType neuralNetwork() {
        return new NodeType(
                "NeuralNetwork",
                "runs any network: tensors in, tensors out",
                ImmutableList.of(model, engine, threads, inputs, outputs),
                (settings, models) -> {
                    Models.Described found = chosen(settings, models);
                    return new NeuralNetwork(found.model(), preprocessing(found.descriptor()));
                });
    }

    private NodeType recurrentNetwork() {
        Setting<String> stateInputs = Setting.several(Declaration.text(
                "stateInputs", "crops", "those of the inputs that read the state of the frame before"));
        Setting<String> stateOutputs = Setting.several(
                Declaration.text("stateOutputs", "scores", "the outputs that give it, in the same order"));
        return new NodeType(
                "RecurrentNetwork",
                "runs a network that remembers: some outputs are inputs with the next frame",
                ImmutableList.of(model, engine, threads, inputs, outputs, stateInputs, stateOutputs),
                (settings, models) -> recurrent(settings, models, stateInputs, stateOutputs));
    }

    private ProcessObject recurrent(
            Settings settings, Models models, Setting<String> stateInputs, Setting<String> stateOutputs) {
        Models.Described found = chosen(settings, models);
        return new RecurrentNetwork(
                found.model(),
                RecurrentNetwork.states(settings.all(stateInputs), settings.all(stateOutputs)),
                preprocessing(found.descriptor()),
                Layout.DECLARED);
    }

    private NodeType segmentationNetwork() {
        return new NodeType(
                "SegmentationNetwork",
                "labels each pixel of an image with what it shows",
                ImmutableList.of(model, engine, threads, batch),
                (settings, models) -> {
                    Models.Described found = described(settings, models);
                    ModelDescriptor descriptor = found.descriptor();
                    return new SegmentationNetwork(
                            found.model(),
                            ImageInput.of(descriptor).withBatch(settings.get(batch)),
                            descriptor.labels(),
                            ImmutableSet.of(),
                            descriptor.threshold());
                });
    }

    private NodeType imageToImage() {
        return new NodeType(
                "ImageToImage",
                "makes an image of an image, as a filter does",
                ImmutableList.of(model, engine, threads, batch),
                (settings, models) -> {
                    Models.Described found = described(settings, models);
                    return new ImageToImage(
                            found.model(), ImageInput.of(found.descriptor()).withBatch(settings.get(batch)));
                });
    }

    private NodeType boundingBoxNetwork() {
        return new NodeType(
                "BoundingBoxNetwork",
                "finds objects and says where they are",
                ImmutableList.of(model, engine, threads, inputs, outputs, anchors, batch),
                (settings, models) -> {
                    Anchors sizes = Anchors.parse(settings.get(anchors));
                    Models.Described found = chosen(settings, models);
                    return new BoundingBoxNetwork(
                            found.model(), ImageInput.of(found.descriptor()).withBatch(settings.get(batch)), sizes);
                });
    }

    /// The network that reads the tensor preprocesses it.
    private static ImageInput unprocessed(ModelDescriptor descriptor) {
        return ImageInput.of(descriptor).with(Preprocessing.NONE);
    }

    private NodeType imageToTensor() {
        return new NodeType(
                "ImageToTensor",
                "makes the tensor that an input of a network reads of an image; the network's node preprocesses it",
                ImmutableList.of(model, engine, threads, inputs, outputs, input),
                (settings, models) -> {
                    Models.Described found = chosen(settings, models);
                    return new ImageToTensor(found.model(), settings.get(input), unprocessed(found.descriptor()));
                });
    }

    private NodeType imagesToTensor() {
        return new NodeType(
                "ImagesToTensor",
                "makes the tensor that an input of a network reads of images; the network's node preprocesses it",
                ImmutableList.of(model, engine, threads, inputs, outputs, input),
                (settings, models) -> {
                    Models.Described found = chosen(settings, models);
                    return new ImagesToTensor(found.model(), settings.get(input), unprocessed(found.descriptor()));
                });
    }

    private static Setting<Integer> channel(String name, String doc) {
        return Setting.several(Declaration.integer(name, 0, 0, Integer.MAX_VALUE, "channels", doc));
    }

    private static NodeType tensorToSegmentation() {
        return NodeType.of(
                "TensorToSegmentation", "labels each pixel with the highest of its values", TensorToSegmentation::new);
    }

    private static NodeType tensorToImage() {
        Setting<Integer> channels = channel("channels", "the channels that become those of the image, in this order");
        return new NodeType(
                "TensorToImage",
                "makes an image of channels of a tensor",
                ImmutableList.of(channels),
                (settings, _) -> new TensorToImage(settings.all(channels)));
    }
}
