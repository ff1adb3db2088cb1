// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.memory.Allocator;

/// An output of a model: makes of its tensors those that nodes give out. They name their axes as they are, channels
/// come last where there are rows and columns, and what belongs to one image has no axis N. What needs no change is
/// not copied.
///
/// @param model name of the model
/// @param name the model's name of the output
/// @param ordering where the model has its channels
record OutputPort(String model, String name, Ordering ordering) {
    static ImmutableList<OutputPort> all(LoadedModel model, Ordering ordering) {
        return model.outputs().stream()
                .map(Model.Port::name)
                .map(name -> new OutputPort(model.name(), name, ordering))
                .collect(ImmutableList.toImmutableList());
    }

    /// What belongs to one of the images that were given to the network at once.
    ///
    /// @param fit how that image lay in what the network read
    /// @return a tensor that the caller closes
    Tensor item(Tensor output, int index, int count, Fit fit, Allocator memory) {
        TensorSpec spec = ordering.understood(output.spec());
        check(spec, count);
        TensorSpec item = single(spec);
        boolean placed = isPlaced(item);
        boolean mirrored = placed && fit.flipped();
        Geometry geometry = placed ? fit.geometry(Shape.of(item).block()) : Geometry.UNIT;
        if (count == 1 && !mirrored && !Shape.of(item).isChannelFirst()) {
            return output.retainAs(item, geometry, this);
        }
        MemorySegment elements = output.elements().asSlice(index * item.bytes(), item.bytes());
        return Shape.of(item).channelLast(elements, mirrored, geometry, memory);
    }

    /// All of it.
    ///
    /// @param single whether the axis N goes, which then has size 1
    /// @param read geometry of what the network read
    /// @param of sizes of what the network read
    /// @return a tensor that the caller closes
    Tensor whole(Tensor output, boolean single, Geometry read, TensorSpec of, Allocator memory) {
        TensorSpec spec = ordering.understood(output.spec());
        if (single) {
            check(spec, 1);
            spec = single(spec);
        }
        Geometry geometry = isPlaced(spec) && isPlaced(of)
                ? read.reduced(ratio(of, spec, Axis.W), ratio(of, spec, Axis.H), ratio(of, spec, Axis.D))
                : Geometry.UNIT;
        Shape shape = Shape.of(spec);
        return shape.isChannelFirst()
                ? shape.channelLast(output.elements(), false, geometry, memory)
                : output.retainAs(spec, geometry, this);
    }

    private static double ratio(TensorSpec read, TensorSpec given, Axis axis) {
        return (double) read.size(axis) / Math.max(1, given.size(axis));
    }

    private void check(TensorSpec spec, int count) {
        if (spec.size(Axis.N) != count) {
            throw new ModelException(
                    model,
                    "output " + name + " is " + spec + " for " + count + " images; needed N=" + count,
                    "Take a model that gives one result per image",
                    null);
        }
    }

    private static boolean isPlaced(TensorSpec spec) {
        return spec.axes().contains(Axis.H) && spec.axes().contains(Axis.W);
    }

    /// The spec of one of its items.
    static TensorSpec single(TensorSpec spec) {
        int at = spec.axes().indexOf(Axis.N);
        if (at < 0) {
            return spec;
        }
        ImmutableList.Builder<Axis> axes = ImmutableList.builder();
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(spec.rank());
        for (int i = 0; i < spec.rank(); i++) {
            if (i != at) {
                axes.add(spec.axes().get(i));
                sizes.add(spec.sizes().get(i));
            }
        }
        return new TensorSpec(axes.build(), sizes.build(), spec.type());
    }
}
