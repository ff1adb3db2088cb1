// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.util.List;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;

/// A way to run a model, used by one thread at a time.
public interface Session extends AutoCloseable {
    /// Runs the network. Blocks until the outputs are written; by then the engine has let go of the inputs.
    ///
    /// @param inputs one tensor per input of the model, in its order; read in place where the engine can
    /// @param memory makes the tensor for an output, given its position and its shape with all sizes known
    /// @return one tensor per output of the model, in its order, each made by `memory`
    /// @throws org.fastpipeline.core.error.ModelException if an input's shape does not fit
    /// @throws org.fastpipeline.core.error.EngineException if the engine fails
    List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory);

    @Override
    void close();
}
