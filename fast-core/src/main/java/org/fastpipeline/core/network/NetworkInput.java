// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.memory.Allocator;

/// Checks and preprocesses the tensors that a network reads on one input.
///
/// @param model name of the model
/// @param port the input
/// @param preprocessing what is done to the elements
/// @param ordering where the model has its channels
record NetworkInput(String model, Model.Port port, Preprocessing preprocessing, Ordering ordering) {
    NetworkInput {
        if (port.spec().type() != ElementType.F32 && !preprocessing.isNone()) {
            throw new ModelException(
                    model,
                    "input " + port.name() + " is " + port.spec() + "; needed F32 where elements are preprocessed",
                    "Leave out the preprocessing",
                    null);
        }
    }

    /// The same with other preprocessing.
    NetworkInput with(Preprocessing other) {
        return other.equals(preprocessing) ? this : new NetworkInput(model, port, other, ordering);
    }

    /// What the engine reads, its axes named as they are.
    TensorSpec understood(TensorSpec given) {
        return ordering.understood(given);
    }

    /// Whether `tensor` is one item without an axis N, where the model has one.
    boolean isSingle(TensorSpec tensor) {
        return port.spec().axes().contains(Axis.N) && !tensor.axes().contains(Axis.N);
    }

    /// The tensor to give to the network: the elements of `tensor` itself where nothing is to be done to them, else
    /// such from `memory`. An axis N that is missing is added.
    ///
    /// @return a tensor that the caller closes
    /// @throws ModelException if the shape does not fit
    Tensor prepare(Tensor tensor, Allocator memory) {
        TensorSpec spec = tensor.spec();
        TensorSpec full = isSingle(spec) ? asBatch(spec) : spec;
        boolean converted = port.spec().type() == ElementType.F32;
        if (!ordering.understood(port.spec())
                .accepts(converted ? new TensorSpec(full.axes(), full.sizes(), ElementType.F32) : full)) {
            throw new ModelException(
                    model,
                    "input " + port.name() + " met a tensor " + spec + "; needed " + ordering.understood(port.spec()),
                    "Resize the images or take a model for this size",
                    null);
        }
        Tensor given = spec.type() == port.spec().type() && preprocessing.isNone()
                ? tensor
                : preprocessing.apply(tensor, memory);
        TensorSpec named =
                new TensorSpec(port.spec().axes(), full.sizes(), given.spec().type());
        return given.retainAs(named, tensor.geometry(), this);
    }

    private static TensorSpec asBatch(TensorSpec item) {
        return new TensorSpec(
                ImmutableList.<Axis>builder().add(Axis.N).addAll(item.axes()).build(),
                ImmutableLongArray.builder(item.rank() + 1)
                        .add(1)
                        .addAll(item.sizes())
                        .build(),
                item.type());
    }
}
