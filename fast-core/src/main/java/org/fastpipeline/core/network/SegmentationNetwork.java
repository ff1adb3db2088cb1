// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;

/// A network that says of each pixel what it shows.
///
/// A pixel's label is the channel of the network's output with the highest value, if that is above `threshold`; see
/// [TensorToSegmentation] for all of the rule. The label image has the network's size and lies in the patient where
/// the image does; with `originalSize` it has the image's size.
public final class SegmentationNetwork extends ImageNetwork {
    /// A label for each pixel, U8; U16 if there are more than 255 labels.
    public final Out<Image> segmentation = out("segmentation", Image.class, "a label for each pixel");

    /// The network's own output, a value for each pixel and class: H, W, C, or D, H, W, C.
    public final Out<Tensor> heatmap = out("heatmap", Tensor.class, "a value for each pixel and class");

    /// What the value of a class must exceed.
    public final Parameter<Double> threshold;

    /// Whether the first channel is the background.
    public final Parameter<Boolean> background =
            flag("background", true, "whether the network's first channel is the background");

    /// Whether the label image has the size of the image, and not of what the network gives.
    public final Parameter<Boolean> originalSize =
            flag("originalSize", false, "whether the labels come in the size of the image");

    private final ImmutableSet<Integer> ignored;
    private final ImmutableList<String> labels;

    /// A node for a described model, with its threshold; its labels name the channels.
    public SegmentationNetwork(LoadedModel model, ModelDescriptor descriptor) {
        this(model, ImageInput.of(descriptor), descriptor.labels(), ImmutableSet.of(), descriptor.threshold());
    }

    /// A node with the usual threshold of 0.5.
    public SegmentationNetwork(LoadedModel model, ImageInput input) {
        this(model, input, ImmutableList.of(), ImmutableSet.of(), 0.5);
    }

    /// @param model a network with one input, which reads images, and one output with rows and columns
    /// @param input what the network expects
    /// @param labels names of its channels, in order; empty if they have none
    /// @param ignored channels that no pixel is labelled with; those after them have lower labels
    /// @param threshold what the value of a class must exceed, when nothing else is set
    /// @throws ModelException if the network is no such network
    public SegmentationNetwork(
            LoadedModel model,
            ImageInput input,
            ImmutableList<String> labels,
            ImmutableSet<Integer> ignored,
            double threshold) {
        super(model, input);
        this.labels = labels;
        this.ignored = ignored;
        this.threshold = number("threshold", threshold, -1e30, 1e30, "", "what the value of a class must exceed");
        checkOneOutput();
    }

    /// The names of the network's channels, in order; empty if they have none.
    public ImmutableList<String> labels() {
        return labels;
    }

    @Override
    void put(Step step, Results results) {
        try (Tensor values = results.get(0, step)) {
            LabelRule rule = new LabelRule(step.get(threshold).floatValue(), step.get(background), ignored);
            Image found = rule.labels(values, "model " + model().name(), step.memory());
            if (step.get(originalSize)) {
                Fit fit = results.fit();
                Block block = Block.of(values.spec(), name());
                step.put(
                        segmentation,
                        Nearest.resized(
                                found, fit.usedWidth(block), fit.usedHeight(block), fit.image(), step.memory()));
                found.close();
            } else {
                step.put(segmentation, found);
            }
            step.put(heatmap, values);
        }
    }
}
