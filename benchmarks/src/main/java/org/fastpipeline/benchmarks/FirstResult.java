// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;

/// A program that asks OpenVINO for one result and ends: what is timed is all of it, from the start of the JVM.
public final class FirstResult {
    private FirstResult() {}

    /// Prints the first number of the result.
    ///
    /// @param args folder of plugins, and file of the model
    public static void main(String[] args) throws InterruptedException {
        Path file = Path.of(args[1]);
        ModelSource source = ModelSource.of(file, ModelFormat.of(file));
        Engines engines = Engines.find(Path.of(args[0])).only("openvino");
        List<Tensor> outputs = new ArrayList<>();
        try (MemoryPool pool = new MemoryPool(1 << 28, false);
                LoadedModel model = engines.load(source, new EngineWish.Auto(), new EngineOptions(1, 2))) {
            Allocator memory = bytes -> pool.allocate(bytes, "first result");
            List<Tensor> inputs = model.exampleInputs(memory, 1);
            model.run(inputs, (_, spec) -> {
                outputs.add(Tensor.allocate(spec, memory));
                return outputs.getLast();
            });
            System.out.println(outputs.getFirst().floatAt(0));
            inputs.forEach(Tensor::close);
            outputs.forEach(Tensor::close);
        }
    }
}
