// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Makes a label image of a tensor with a value for each pixel and class.
///
/// A pixel's label is the channel with the highest value, the last of equal ones, if that value is above
/// `threshold`; else 0. If the first channel is the `background`, a channel must also reach its value, and its
/// number is the label; else the number + 1 is. Of a single channel the label is 1. Channels that are ignored are
/// never chosen, and those after them have lower labels. The label image lies where the tensor does.
public final class TensorToSegmentation extends Stateless {
    /// A value for each pixel and class, F32: H, W, C, or D, H, W, C.
    public final In<Tensor> tensor = in("tensor", Tensor.class, "a value for each pixel and class: H, W, C");

    /// A label for each pixel, U8; U16 if there are more than 255 labels.
    public final Out<Image> segmentation = out("segmentation", Image.class, "a label for each pixel");

    /// What the value of a class must exceed.
    public final Parameter<Double> threshold =
            number("threshold", 0.5, -1e30, 1e30, "", "what the value of a class must exceed");

    /// Whether the first channel is the background.
    public final Parameter<Boolean> background =
            flag("background", true, "whether the first channel is the background");

    private final ImmutableSet<Integer> ignored;

    /// All classes can be chosen.
    public TensorToSegmentation() {
        this(ImmutableSet.of());
    }

    /// @param ignored channels that no pixel is labelled with
    public TensorToSegmentation(ImmutableSet<Integer> ignored) {
        this.ignored = ignored;
    }

    @Override
    public void execute(Step step) {
        LabelRule rule = new LabelRule(step.get(threshold).floatValue(), step.get(background), ignored);
        try (Tensor values = Shape.ordered(step.get(tensor), step.memory(), this)) {
            step.put(segmentation, rule.labels(values, tensor + ", frame " + step.frame(), step.memory()));
        }
    }
}
