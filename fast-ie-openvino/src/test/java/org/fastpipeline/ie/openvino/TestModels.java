// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Floats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;

/// The networks in `src/test/models`, which `make.py` there made, and how tests run them.
final class TestModels {
    static final EngineOptions ONE = new EngineOptions(1, 1);
    private static final Path FOLDER = Path.of("src", "test", "models");

    private TestModels() {}

    /// The engine; skips the test, with the reason, where its libraries are missing.
    static InferenceEngine engine() {
        InferenceEngine engine = new OpenVinoEngine();
        if (engine.probe() instanceof Availability.Unavailable(String reason, String _)) {
            assumeTrue(false, reason);
        }
        return engine;
    }

    /// Loads the libraries: their threads live as long as the process, and no test is to be blamed for them.
    static void start() {
        engine().load(onnx("dense"), ONE).close();
    }

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    static ModelSource onnx(String name) {
        return ModelSource.of(file(name + ".onnx"), ModelFormat.ONNX);
    }

    /// `source` with its shapes, by port.
    static ModelSource shaped(ModelSource source, ImmutableMap<String, TensorSpec> shapes) {
        return new ModelSource(source.path(), source.format(), ImmutableList.of(), ImmutableList.of(), shapes);
    }

    /// The network of convolutions, with its axes.
    static ModelSource convolution(long items, long height, long width) {
        TensorSpec image = TensorSpec.of("NCHW", ElementType.F32, items, 2, height, width);
        return shaped(onnx("convolution"), ImmutableMap.of("image", image));
    }

    /// Numbers between -1 and 1 that are the same each time.
    static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) Math.sin(i * 0.7 + i % 17);
        }
        return numbers;
    }

    static Tensor tensor(MemoryPool pool, String axes, float[] values, long... sizes) {
        return Tensor.of(TensorSpec.of(axes, ElementType.F32, sizes), memory(pool), values);
    }

    static Allocator memory(MemoryPool pool) {
        return bytes -> pool.allocate(bytes, "test");
    }

    /// Runs a session once, and closes what went in and came out.
    static List<List<Float>> run(MemoryPool pool, Session session, Tensor... inputs) {
        List<List<Float>> values = new ArrayList<>();
        try {
            for (Tensor output : session.run(List.of(inputs), (_, spec) -> Tensor.allocate(spec, memory(pool)))) {
                try (output) {
                    values.add(Floats.asList(output.toFloats()));
                }
            }
        } finally {
            for (Tensor input : inputs) {
                input.close();
            }
        }
        return values;
    }
}
