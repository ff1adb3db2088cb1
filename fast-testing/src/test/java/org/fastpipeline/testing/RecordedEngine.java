// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;

/// An engine that knows what the networks of the suite must give, and gives it with an error of its own.
///
/// @param availability what it says of itself
/// @param error what it adds to each value
record RecordedEngine(Availability availability, float error) implements InferenceEngine {
    static RecordedEngine reading(ModelFormat format, float error) {
        return new RecordedEngine(
                new Availability.Available("1", ImmutableSet.of(format), ImmutableList.of("CPU")), error);
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public Availability probe() {
        return availability;
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        Path folder = source.path().getName(source.path().getNameCount() - 2);
        return new Recording(ConformanceCase.read(folder.toString()));
    }

    private final class Recording implements Model {
        private final ConformanceCase network;

        private Recording(ConformanceCase network) {
            this.network = network;
        }

        @Override
        public ImmutableList<Port> inputs() {
            return network.inputs();
        }

        @Override
        public ImmutableList<Port> outputs() {
            return network.outputs();
        }

        @Override
        public Session openSession() {
            return new Session() {
                @Override
                public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
                    return recorded(inputs.getFirst(), memory);
                }

                @Override
                public void close() {}
            };
        }

        private List<Tensor> recorded(Tensor first, BiFunction<Integer, TensorSpec, Tensor> memory) {
            int call = 0;
            while (network.value(call, network.inputs().getFirst()).elements().mismatch(first.elements()) != -1) {
                call++;
            }
            List<Tensor> outputs = new ArrayList<>();
            for (Port port : network.outputs()) {
                NumpyArray truth = network.value(call, port);
                Tensor output = memory.apply(
                        outputs.size(),
                        new TensorSpec(
                                port.spec().axes(), truth.sizes(), port.spec().type()));
                MemorySegment elements = output.writableElements();
                double[] values = truth.toDoubles();
                for (int i = 0; i < values.length; i++) {
                    elements.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i] + error);
                }
                outputs.add(output);
            }
            return outputs;
        }

        @Override
        public void close() {}
    }
}
