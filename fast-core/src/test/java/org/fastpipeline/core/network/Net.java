// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;

/// A network that a test writes down: its ports, and what it computes. It remembers what it was given.
final class Net implements InferenceEngine {
    /// What a network gives on one output.
    static final class Given {
        private final long[] sizes;
        private final float[] values;

        Given(long[] sizes, float[] values) {
            this.sizes = sizes;
            this.values = values;
        }
    }

    /// What it computes.
    interface Body {
        /// What it gives on each output for what it reads.
        List<Given> run(List<Tensor> in);
    }

    private final ImmutableList<Model.Port> inputs;
    private final ImmutableList<Model.Port> outputs;
    private final Body body;

    /// The specs of what it was given, call by call.
    final List<List<TensorSpec>> specs = new ArrayList<>();

    /// The elements of what it was given on its first input, call by call.
    final List<float[]> seen = new ArrayList<>();

    /// Where the first input lay, call by call.
    final List<Long> addresses = new ArrayList<>();

    /// Where its first output lay, call by call.
    final List<Long> given = new ArrayList<>();

    private Net(ImmutableList<Model.Port> inputs, ImmutableList<Model.Port> outputs, Body body) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.body = body;
    }

    static Model.Port port(String name, String axes, long... sizes) {
        return new Model.Port(name, TensorSpec.of(axes, ElementType.F32, sizes));
    }

    static Net of(List<Model.Port> inputs, List<Model.Port> outputs, Body body) {
        return new Net(ImmutableList.copyOf(inputs), ImmutableList.copyOf(outputs), body);
    }

    /// A network of one input and one output.
    static Net of(Model.Port input, Model.Port output, Body body) {
        return of(List.of(input), List.of(output), body);
    }

    /// A network that gives what it reads.
    static Net same(String axes, long... sizes) {
        return of(port("image", axes, sizes), port("output", axes, sizes), in -> List.of(given(in.getFirst())));
    }

    /// What the tensor holds.
    static Given given(Tensor tensor) {
        return new Given(tensor.spec().sizes().toArray(), tensor.toFloats());
    }

    static Given given(float[] values, long... sizes) {
        return new Given(sizes, values);
    }

    static float[] floats(float... values) {
        return values;
    }

    LoadedModel load() {
        return Engines.of(this)
                .load(
                        ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX),
                        EngineWish.parse("auto"),
                        new EngineOptions(2, 1));
    }

    @Override
    public String name() {
        return "written";
    }

    @Override
    public Availability probe() {
        return new Availability.Available("1", ImmutableSet.of(ModelFormat.ONNX), ImmutableList.of("CPU"));
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        return new Loaded();
    }

    private final class Loaded implements Model, Session {
        @Override
        public ImmutableList<Port> inputs() {
            return inputs;
        }

        @Override
        public ImmutableList<Port> outputs() {
            return outputs;
        }

        @Override
        public Session openSession() {
            return this;
        }

        @Override
        public List<Tensor> run(List<Tensor> in, BiFunction<Integer, TensorSpec, Tensor> memory) {
            for (int i = 0; i < in.size(); i++) {
                if (!inputs.get(i).spec().accepts(in.get(i).spec())) {
                    throw new IllegalArgumentException("met " + in.get(i).spec() + "; needed "
                            + inputs.get(i).spec());
                }
            }
            List<Given> computed;
            synchronized (Net.this) {
                specs.add(in.stream().map(Tensor::spec).toList());
                seen.add(floats(in.getFirst()));
                addresses.add(in.getFirst().address());
                computed = body.run(in);
            }
            List<Tensor> results = new ArrayList<>();
            for (int i = 0; i < computed.size(); i++) {
                TensorSpec declared = outputs.get(i).spec();
                ImmutableLongArray sizes = ImmutableLongArray.copyOf(computed.get(i).sizes);
                Tensor tensor = memory.apply(i, new TensorSpec(declared.axes(), sizes, ElementType.F32));
                float[] values = computed.get(i).values;
                MemorySegment.copy(values, 0, tensor.writableElements(), ValueLayout.JAVA_FLOAT, 0, values.length);
                results.add(tensor);
            }
            synchronized (Net.this) {
                given.add(results.getFirst().address());
            }
            return results;
        }

        private static float[] floats(Tensor tensor) {
            return tensor.spec().type() == ElementType.F32 ? tensor.toFloats() : new float[0];
        }

        @Override
        public void close() {}
    }
}
