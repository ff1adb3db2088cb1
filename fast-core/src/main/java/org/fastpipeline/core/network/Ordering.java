// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;

/// Names the axes of a model's ports as its layout has them. Ports without rows, columns and channels keep theirs.
///
/// @param channelFirst whether channels come before depth, height and width
record Ordering(boolean channelFirst) {
    private static final int MOST_CHANNELS = 4;

    /// @throws ModelException if it is to be guessed and cannot be
    static Ordering of(Layout layout, LoadedModel model) {
        return new Ordering(
                switch (layout) {
                    case CHANNEL_LAST -> false;
                    case CHANNEL_FIRST -> true;
                    case DECLARED -> images(model.inputs()).stream().anyMatch(Ordering::isChannelFirst);
                    case GUESSED ->
                        guess(images(model.inputs()))
                                .or(() -> guess(images(model.outputs())))
                                .orElseThrow(() -> unclear(model));
                });
    }

    private static ModelException unclear(LoadedModel model) {
        return new ModelException(
                model.name(),
                "met inputs " + model.inputs() + " and outputs " + model.outputs() + "; needed a size of 1 to "
                        + MOST_CHANNELS + ", last or before height and width, to tell where the channels are",
                "Give the layout: CHANNEL_LAST or CHANNEL_FIRST",
                null);
    }

    private static List<TensorSpec> images(List<Model.Port> ports) {
        return ports.stream().map(Model.Port::spec).filter(Ordering::isImage).toList();
    }

    /// Whether it has rows, columns and channels.
    static boolean isImage(TensorSpec spec) {
        return spec.axes().containsAll(List.of(Axis.H, Axis.W, Axis.C));
    }

    private static boolean isChannelFirst(TensorSpec spec) {
        return spec.axes().indexOf(Axis.C) < spec.axes().indexOf(Axis.H);
    }

    private static Optional<Boolean> guess(List<TensorSpec> specs) {
        for (TensorSpec spec : specs) {
            // No engine names axes so by itself.
            if (isChannelFirst(spec)) {
                return Optional.of(true);
            }
            if (isFew(spec.sizes().get(spec.rank() - 1))) {
                return Optional.of(false);
            }
            if (isFew(spec.sizes().get(outer(spec)))) {
                return Optional.of(true);
            }
        }
        return Optional.empty();
    }

    private static boolean isFew(long size) {
        return size >= 1 && size <= MOST_CHANNELS;
    }

    /// How many axes come before those of one image.
    private static int outer(TensorSpec spec) {
        return (int) spec.axes().stream()
                .filter(axis -> axis == Axis.N || axis == Axis.T)
                .count();
    }

    /// The same sizes under the names they have in this order.
    TensorSpec understood(TensorSpec spec) {
        if (!isImage(spec) || isChannelFirst(spec) == channelFirst) {
            return spec;
        }
        ImmutableList.Builder<Axis> axes = ImmutableList.builder();
        axes.addAll(spec.axes().subList(0, outer(spec)));
        if (channelFirst) {
            axes.add(Axis.C);
        }
        spec.axes().stream()
                .filter(axis -> axis == Axis.D || axis == Axis.H || axis == Axis.W)
                .forEach(axes::add);
        if (!channelFirst) {
            axes.add(Axis.C);
        }
        return new TensorSpec(axes.build(), spec.sizes(), spec.type());
    }
}
