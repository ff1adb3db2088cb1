// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;

/// A network that makes an image of an image: a filter, an enhancement, a translation.
///
/// The result has the network's values, F32, and the network's size; with `cast` it has the element type of the image
/// and, where the network gives values as it reads them, the image's own values: the preprocessing is taken back. The
/// image that is read stays as it is.
public final class ImageToImage extends ImageNetwork {
    /// What is done to the values of a result.
    public enum Range {
        /// Nothing.
        NONE,
        /// Values below 0 become 0, values above 1 become 1.
        CLIP,
        /// The least value becomes 0 and the greatest 1, linearly; all become 0 if they are equal.
        SQUEEZE
    }

    /// What became of the image.
    public final Out<Image> result = out("result", Image.class, "what the network made of the image");

    /// Whether the network gives what is to be added to what it reads.
    public final Parameter<Boolean> residual =
            flag("residual", false, "whether the network gives what is to be added to what it reads");

    /// How often the network is run, each time on its last result.
    public final Parameter<Integer> passes =
            integer("passes", 1, 1, 1000, "runs", "how often the network is run, each time on its last result");

    /// What is done to the values after each run.
    public final Parameter<Range> range =
            parameter(Parameter.Declaration.choice("range", Range.NONE, "what is done to the values after each run"));

    /// Whether the result has the element type and the values of the image.
    public final Parameter<Boolean> cast =
            flag("cast", false, "whether the result has the element type of the image, its preprocessing taken back");

    /// Whether the result has the size of the image, linearly resized.
    public final Parameter<Boolean> originalSize =
            flag("originalSize", false, "whether the result comes in the size of the image");

    /// Whether it does anything; else images pass.
    public final Parameter<Boolean> enabled = flag("enabled", true, "whether it does anything; else images pass");

    /// What must be equal for all images that are worked on at once.
    private record Mode(boolean enabled, boolean residual, int passes, Range range) {}

    /// A node for a described model.
    public ImageToImage(LoadedModel model, ModelDescriptor descriptor) {
        this(model, ImageInput.of(descriptor));
    }

    /// @param model a network with one input, which reads images, and one output with rows and columns
    /// @param input what the network expects
    /// @throws ModelException if the network is no such network
    public ImageToImage(LoadedModel model, ImageInput input) {
        super(model, input);
        checkOneOutput();
    }

    private Mode mode(Step step) {
        return new Mode(step.get(enabled), step.get(residual), step.get(passes), step.get(range));
    }

    @Override
    public void execute(List<Step> steps) throws InterruptedException {
        if (steps.stream().map(this::mode).distinct().count() > 1) {
            throw new WrongUseException(
                    name(), "met frames with unlike parameters; needed equal ones in a batch", "Give them one by one");
        }
        if (mode(steps.getFirst()).enabled) {
            super.execute(steps);
        } else {
            steps.forEach(step -> step.put(result, step.get(image)));
        }
    }

    @Override
    List<Tensor> infer(Tensor images, Step first, int count) throws InterruptedException {
        Mode mode = mode(first);
        Tensor read = images.retain(this);
        try {
            for (int pass = 1; ; pass++) {
                Tensor given = super.infer(read, first, count).getFirst();
                check(read.spec(), given.spec(), mode);
                change(read, given, mode, count);
                if (pass == mode.passes) {
                    return ImmutableList.of(given);
                }
                Tensor next = given.retainAs(read.spec(), images.geometry(), this);
                read.close();
                read = next;
            }
        } finally {
            read.close();
        }
    }

    private void check(TensorSpec read, TensorSpec given, Mode mode) {
        boolean fed = mode.residual || mode.passes > 1;
        if (given.type() != ElementType.F32
                || (fed && (!read.sizes().equals(given.sizes()) || read.type() != ElementType.F32))) {
            throw new ModelException(
                    model().name(),
                    "gives " + given + " for " + read + "; needed F32" + (fed ? " of the same sizes" : ""),
                    "Take a network for images, or do without residual and passes",
                    null);
        }
    }

    private static void change(Tensor read, Tensor given, Mode mode, int count) {
        MemorySegment from = read.elements();
        MemorySegment to = given.writableElements();
        long item = given.spec().elements() / count;
        for (int i = 0; i < count; i++) {
            long first = i * item;
            if (mode.residual) {
                for (long at = first; at < first + item; at++) {
                    float sum = to.getAtIndex(ValueLayout.JAVA_FLOAT, at) + from.getAtIndex(ValueLayout.JAVA_FLOAT, at);
                    to.setAtIndex(ValueLayout.JAVA_FLOAT, at, sum);
                }
            }
            Ranges.apply(mode.range, to.asSlice(first * Float.BYTES, item * Float.BYTES));
        }
    }

    @Override
    void put(Step step, Results results) {
        try (Tensor values = results.get(0, step)) {
            Fit fit = results.fit();
            String where = "model " + model().name();
            Block block = Block.of(values.spec(), where);
            ChannelOrder order = TensorToImage.order(block.channels(), input().channels(), where);
            ImageSpec given = ImageSpec.volume(block.width(), block.height(), block.depth(), order, ElementType.F32)
                    .with(values.geometry());
            boolean resized = step.get(originalSize);
            boolean typed = step.get(cast);
            try (Image whole = values.asImage(given, this)) {
                if (!resized && !typed) {
                    step.put(result, whole);
                    return;
                }
                ImageSpec like = fit.image();
                Block size =
                        resized ? new Block(false, like.width(), like.height(), like.depth(), block.channels()) : block;
                ImageSpec spec = spec(size, order, typed ? like : given, resized ? like : given);
                ImagePass pass = new ImagePass(
                        given,
                        resized ? fit.usedWidth(block) : block.width(),
                        resized ? fit.usedHeight(block) : block.height(),
                        size,
                        size.width(),
                        size.height(),
                        false,
                        false);
                Affine change = typed
                        ? Affine.of(preparation(step).preprocessing(), like).inverse()
                        : Affine.NONE;
                Image made = Image.allocate(spec, step.memory());
                pass.run(whole.pixels(), change, made.writablePixels(), spec.type(), 0);
                step.put(result, made);
            }
        }
    }

    private static ImageSpec spec(Block size, ChannelOrder order, ImageSpec kind, ImageSpec place) {
        return new ImageSpec(
                size.width(),
                size.height(),
                size.depth(),
                order,
                kind.type(),
                kind.significantBits(),
                (long) size.rowElements() * kind.type().bytes(),
                place.geometry(),
                kind.rescaleSlope(),
                kind.rescaleIntercept());
    }
}
