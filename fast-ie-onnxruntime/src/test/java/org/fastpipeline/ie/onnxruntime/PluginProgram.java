// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
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

/// An application that uses OpenCV, and before or after it the sum of two tensors on the plugin.
final class PluginProgram {
    private PluginProgram() {}

    /// Runs it.
    ///
    /// @param arguments the plugins folder, the model, and `first` if OpenCV comes first
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments[2].equals("first")) {
            useOpenCv();
        }
        useEngine(Path.of(arguments[0]), Path.of(arguments[1]));
        useOpenCv();
    }

    private static void useOpenCv() {
        try (Scalar three = Scalar.all(3);
                Mat threes = new Mat(2, 2, opencv_core.CV_32F, three);
                Scalar sum = opencv_core.sumElems(threes)) {
            System.out.println("OpenCV says " + sum.get());
        }
    }

    private static void useEngine(Path plugins, Path file) throws InterruptedException {
        Engines engines = Engines.find(plugins);
        System.out.println(engines.reports());
        ModelSource source = ModelSource.of(file, ModelFormat.ONNX);
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
        }
    }
}
