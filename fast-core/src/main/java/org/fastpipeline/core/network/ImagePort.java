// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.memory.Allocator;
import org.jspecify.annotations.Nullable;

/// An input of a model that reads images: makes its tensor of them.
final class ImagePort {
    private final String model;
    private final Model.Port port;
    private final TensorSpec spec;
    private final Ordering ordering;
    private final ImageInput input;

    /// A tensor for an engine, its axes named as the engine names them, and how each image lies in it.
    record Written(Tensor tensor, ImmutableList<Fit> fits) {}

    /// @throws ModelException if the port reads no images, or where its channels are cannot be told
    ImagePort(LoadedModel model, Model.Port port, ImageInput input) {
        this.model = model.name();
        this.port = port;
        this.input = input;
        if (!Ordering.isImage(port.spec())) {
            throw unfit(
                    port.spec() + "; needed axes for rows, columns and channels: H, W, C",
                    "Give its shape with named axes in ModelSource.shapes");
        }
        this.ordering = Ordering.of(input.layout(), model);
        this.spec = ordering.understood(port.spec());
        if (spec.type() != ElementType.F32 && spec.type() != ElementType.U8) {
            throw unfit(spec + "; needed F32 or U8, as which images are given", "Take a model that reads one of these");
        }
        long fixed = isSequence() ? -1 : spec.size(Axis.N);
        if (input.batch() > 1 && fixed != TensorSpec.UNKNOWN) {
            throw unfit(
                    spec + ", that is " + fixed + " images at once; needed any number for batches of " + input.batch(),
                    "Give one image at a time, or take a model whose number of images is open");
        }
    }

    Ordering ordering() {
        return ordering;
    }

    /// Whether its images are steps in time.
    boolean isSequence() {
        return spec.axes().contains(Axis.T);
    }

    private ModelException unfit(String met, String remedy) {
        return new ModelException(model, "input " + port.name() + " is " + met, remedy, null);
    }

    /// Makes the tensor: its N is the number of images, or its T if it has one.
    ///
    /// @param named whether the axes are to be named as they are understood, and not as the engine names them
    /// @throws ModelException if an image does not fit
    Written write(List<Preprocessed.Prepared> images, boolean named, Allocator memory) {
        List<Fit> fits = new ArrayList<>();
        for (Preprocessed.Prepared each : images) {
            fits.add(fit(each));
        }
        Fit first = fits.getFirst();
        int channels = first.image().channels().channels();
        Block block = new Block(ordering.channelFirst(), first.width(), first.height(), first.depth(), channels);
        for (Fit fit : fits) {
            if (fit.width() != first.width() || fit.height() != first.height() || fit.depth() != first.depth()) {
                throw mismatch(
                        "images of " + first.image() + " and " + fit.image(),
                        "equal sizes, for the network leaves its size open",
                        "Resize the images");
            }
        }
        TensorSpec full = sized(block, images.size());
        TensorSpec whole = named ? full : new TensorSpec(port.spec().axes(), full.sizes(), full.type());
        Tensor tensor = Tensor.allocate(
                whole, first.geometry(new Block(false, block.width(), block.height(), block.depth(), 1)), memory);
        MemorySegment elements = tensor.writableElements();
        @Nullable ImagePass pass = null;
        @Nullable Fit before = null;
        for (int i = 0; i < fits.size(); i++) {
            Fit fit = fits.get(i);
            if (pass == null || !fit.shape().equals(before)) {
                pass = new ImagePass(fit, block, input.channels());
                before = fit.shape();
            }
            Preprocessed.Prepared each = images.get(i);
            Affine change = Affine.of(each.preparation().preprocessing(), fit.image());
            pass.run(each.image().pixels(), change, elements, spec.type(), i * block.elements());
        }
        return new Written(tensor, ImmutableList.copyOf(fits));
    }

    private Fit fit(Preprocessed.Prepared each) {
        ImageSpec image = each.image().spec();
        long channels = spec.size(Axis.C);
        if (channels != TensorSpec.UNKNOWN && channels != image.channels().channels()) {
            throw mismatch(
                    image + ", that is " + image.channels().channels() + " channels",
                    channels + " channels",
                    "Convert the colours before");
        }
        long depth = spec.size(Axis.D);
        if (!spec.axes().contains(Axis.D) && image.depth() > 1) {
            throw mismatch(
                    image + ", a volume", "an image without slices", "Cut it into slices, or take a model for volumes");
        }
        if (spec.type() != ElementType.F32
                && !each.preparation().preprocessing().isNone()) {
            throw mismatch(
                    each.preparation().preprocessing().toString(),
                    "none for " + spec.type() + ", which the network reads as it is",
                    "Leave out the preprocessing");
        }
        return Fit.of(
                image,
                open(spec.size(Axis.W), image.width()),
                open(spec.size(Axis.H), image.height()),
                open(depth, image.depth()),
                each.preparation().keepsAspect(),
                each.preparation().flipped());
    }

    private static int open(long declared, int met) {
        return declared == TensorSpec.UNKNOWN ? met : Math.toIntExact(declared);
    }

    private TensorSpec sized(Block block, long count) {
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(spec.rank());
        boolean sequence = isSequence();
        for (Axis axis : spec.axes()) {
            long size =
                    switch (axis) {
                        case N -> sequence ? 1 : count;
                        case T -> count;
                        case D -> block.depth();
                        case H -> block.height();
                        case W -> block.width();
                        case C -> block.channels();
                    };
            long declared = spec.size(axis);
            if (declared != TensorSpec.UNKNOWN && declared != size) {
                throw mismatch(
                        count + " images, that is " + axis + "=" + size,
                        axis + "=" + declared + " of " + spec,
                        "Give as many images as the network reads at once");
            }
            sizes.add(size);
        }
        if (!spec.axes().contains(Axis.N) && !sequence && count != 1) {
            throw mismatch(count + " images", "one for " + spec, "Give one image at a time");
        }
        return new TensorSpec(spec.axes(), sizes.build(), spec.type());
    }

    private ModelException mismatch(String met, String needed, String remedy) {
        return new ModelException(model, "input " + port.name() + " met " + met + "; needed " + needed, remedy, null);
    }
}
