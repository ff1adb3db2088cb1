// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.memory.Allocator;

/// The tensors of one call of a network; closed after it.
final class Fed implements AutoCloseable {
    private final LoadedModel model;
    private final Allocator memory;
    private final List<Tensor> tensors = new ArrayList<>();
    private int batches;

    Fed(LoadedModel model, Allocator memory) {
        this.model = model;
        this.memory = memory;
    }

    /// The next of the model's inputs.
    void add(NetworkInput input, Tensor tensor) {
        if (tensor.spec().axes().contains(Axis.N)) {
            batches++;
        }
        add(input.prepare(tensor, memory));
    }

    /// The next of the model's inputs, as the engine needs it; this closes it.
    void add(Tensor ready) {
        tensors.add(ready);
        TensorSpec first = tensors.getFirst().spec();
        TensorSpec next = ready.spec();
        boolean both = first.axes().contains(Axis.N) && next.axes().contains(Axis.N);
        if (both && first.size(Axis.N) != next.size(Axis.N)) {
            throw new ModelException(
                    model.name(),
                    "met batches of " + first.size(Axis.N) + " on input "
                            + model.inputs().getFirst().name() + " and of " + next.size(Axis.N) + " on input "
                            + model.inputs().get(tensors.size() - 1).name() + "; needed as many on each",
                    "Group all inputs in the same way",
                    null);
        }
    }

    /// Whether no input came as a batch, so that no output is one.
    boolean isSingle() {
        return batches == 0;
    }

    /// How many items the first input has.
    long items() {
        return tensors.isEmpty() ? 1 : tensors.getFirst().spec().size(Axis.N);
    }

    /// What the first input gave to the network.
    Tensor first() {
        return tensors.getFirst();
    }

    List<Tensor> run() throws InterruptedException {
        return model.run(tensors, (_, spec) -> Tensor.allocate(spec, memory));
    }

    @Override
    public void close() {
        tensors.forEach(Tensor::close);
    }
}
