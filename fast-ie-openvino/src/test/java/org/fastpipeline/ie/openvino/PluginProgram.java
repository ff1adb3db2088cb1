// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;

/// An application that runs a network on the plugin.
final class PluginProgram {
    private PluginProgram() {}

    /// Runs it.
    ///
    /// @param arguments the plugins folder and an ONNX model with two inputs
    public static void main(String[] arguments) throws InterruptedException {
        Engines engines = Engines.find(Path.of(arguments[0]));
        System.out.println(engines.reports());
        ModelSource source = ModelSource.of(Path.of(arguments[1]), ModelFormat.ONNX);
        try (LoadedModel model = engines.load(source, EngineWish.parse("auto"), new EngineOptions(1, 1));
                MemoryPool pool = new MemoryPool(1 << 20, true)) {
            Allocator memory = bytes -> pool.allocate(bytes, "program");
            TensorSpec spec = TensorSpec.of("NC", ElementType.F32, 1, 2);
            try (Tensor first = Tensor.of(spec, memory, 1, 2);
                    Tensor second = Tensor.of(spec, memory, 10, 30)) {
                for (Tensor output : model.run(List.of(first, second), (_, shape) -> Tensor.allocate(shape, memory))) {
                    System.out.println(Arrays.toString(output.toFloats()));
                    output.close();
                }
            }
            System.out.println(model.choice().why() + ", in " + model.choice().precision());
        }
    }
}
