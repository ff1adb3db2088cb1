// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.memory.Allocator;

/// Checks and preprocesses what a network reads on one input.
///
/// @param model name of the model
/// @param port the input
/// @param preprocessing what is done to the elements
record NetworkInput(String model, Model.Port port, Preprocessing preprocessing) {
    NetworkInput {
        if (port.spec().type() != ElementType.F32 && !preprocessing.isNone()) {
            throw new ModelException(
                    model,
                    "input " + port.name() + " is " + port.spec() + "; needed F32 where elements are preprocessed",
                    "Leave out the preprocessing",
                    null);
        }
    }

    /// The tensor to give to the network: `tensor` itself where nothing is to be done, else one from `memory`.
    ///
    /// @throws ModelException if its shape does not fit
    Tensor prepare(Tensor tensor, Allocator memory) {
        TensorSpec spec = tensor.spec();
        boolean converted = port.spec().type() == ElementType.F32;
        if (!port.spec().accepts(converted ? new TensorSpec(spec.axes(), spec.sizes(), ElementType.F32) : spec)) {
            throw new ModelException(
                    model,
                    "input " + port.name() + " met a tensor " + spec + "; needed " + port.spec(),
                    "Resize the images or take a model for this size",
                    null);
        }
        return spec.type() == port.spec().type() && preprocessing.isNone()
                ? tensor
                : preprocessing.apply(tensor, memory);
    }
}
