// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.util.OptionalDouble;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.Preprocessing;

/// A node that makes what a network reads of images.
///
/// An image is resized to the size that the network has, linearly; one that has it already is not, and where the
/// network leaves a size open, it follows the image. Channels are brought into the network's order. Samples become
/// real values (x slope + intercept), which are clipped to `low` and `high`, then (v - `mean`) / `std`, x `scale`,
/// and x 2 - 1 if `signed`. All that is one pass straight into the memory that the engine reads.
///
/// Parameters begin with what the model's description says.
public abstract sealed class Preprocessed extends Stateless
        permits ImageClassification, ImageNetwork, ImageToTensor, ImagesToTensor {
    private static final double MOST = 1e30;

    /// Least real value; smaller ones become it.
    public final Parameter<OptionalDouble> low;

    /// Greatest real value; greater ones become it.
    public final Parameter<OptionalDouble> high;

    /// What is taken off each value.
    public final Parameter<Double> mean;

    /// What the difference is divided by.
    public final Parameter<Double> std;

    /// What the quotient is multiplied with.
    public final Parameter<Double> scale;

    /// Whether 0 to 1 becomes -1 to 1 at the end.
    public final Parameter<Boolean> signed;

    /// Whether the network sees images mirrored, left to right. Its outputs with rows and columns are mirrored back.
    public final Parameter<Boolean> flip =
            flag("flip", false, "whether the network sees images mirrored, left to right");

    /// Whether columns and rows are resized by one factor: the image then begins in the upper left corner, and what
    /// it does not reach is 0 before the preprocessing.
    public final Parameter<Boolean> keepAspect =
            flag("keepAspect", false, "whether columns and rows are resized by one factor; the rest is 0");

    private final ImageInput input;

    Preprocessed(ImageInput input) {
        this.input = input;
        Preprocessing initial = input.preprocessing();
        this.low = limit("low", initial.low(), "least real value of a sample; empty for none");
        this.high = limit("high", initial.high(), "greatest real value of a sample; empty for none");
        this.mean = number("mean", initial.mean(), -MOST, MOST, "real value", "what is taken off each value");
        this.std = number("std", initial.std(), Double.MIN_NORMAL, MOST, "real value", "what the rest is divided by");
        this.scale = number("scale", initial.scale(), -MOST, MOST, "times", "what the quotient is multiplied with");
        this.signed = flag("signed", initial.signed(), "whether 0 to 1 becomes -1 to 1 at the end");
    }

    private Parameter<OptionalDouble> limit(String parameterName, double initial, String doc) {
        return parameter(new Parameter.Declaration<>(
                parameterName,
                OptionalDouble.class,
                Double.isFinite(initial) ? OptionalDouble.of(initial) : OptionalDouble.empty(),
                "a number, or empty",
                value -> value.isEmpty() || Double.isFinite(value.getAsDouble()),
                text -> text.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text)),
                "real value",
                doc));
    }

    final ImageInput input() {
        return input;
    }

    /// What is to be done to images of this step.
    final Preparation preparation(Step step) {
        double least = step.get(low).orElse(Double.NEGATIVE_INFINITY);
        double greatest = step.get(high).orElse(Double.POSITIVE_INFINITY);
        if (!(least < greatest)) {
            throw new ParameterException(low.toString(), String.valueOf(least), "less than high, which is " + greatest);
        }
        return new Preparation(
                new Preprocessing(least, greatest, step.get(mean), step.get(std), step.get(scale), step.get(signed)),
                step.get(keepAspect),
                step.get(flip));
    }

    /// What is done to an image.
    ///
    /// @param preprocessing what is done to real values
    /// @param keepsAspect whether columns and rows are resized by one factor
    /// @param flipped whether it is mirrored
    record Preparation(Preprocessing preprocessing, boolean keepsAspect, boolean flipped) {}

    /// An image and what is done to it.
    record Prepared(Image image, Preparation preparation) {}
}
