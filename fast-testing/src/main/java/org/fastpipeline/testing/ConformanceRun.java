// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;

/// A network of the suite loaded by an engine, with memory of its own; closing it fails if memory is still held.
///
/// Thread-safe as [LoadedModel] is.
///
/// @param network the network
/// @param model what the engine made of it
/// @param pool where tensors come from
record ConformanceRun(ConformanceCase network, LoadedModel model, MemoryPool pool) implements AutoCloseable {
    private static final double TOLERANCE = 1e-5;
    private static final long CAP = 1L << 26;

    ConformanceRun(ConformanceCase network, LoadedModel model) {
        this(network, model, new MemoryPool(CAP, true));
    }

    Tensor tensor(int call, Model.Port port) {
        Tensor tensor = network.value(call, port).tensor(port.spec(), memory("input " + port.name()));
        tensor.publish();
        return tensor;
    }

    /// The inputs of a call, in the network's order; the caller closes them.
    List<Tensor> inputs(int call) {
        return network.inputs().stream().map(port -> tensor(call, port)).toList();
    }

    Allocator memory(String taker) {
        return bytes -> pool.allocate(bytes, taker);
    }

    /// Makes outputs.
    Tensor output(int position, TensorSpec spec) {
        return Tensor.allocate(spec, memory("output " + position));
    }

    /// The outputs of a call, with its inputs closed.
    List<Tensor> run(int call, BiFunction<Integer, TensorSpec, Tensor> memory) throws InterruptedException {
        List<Tensor> inputs = inputs(call);
        try {
            return model.run(inputs, memory);
        } finally {
            inputs.forEach(Tensor::close);
        }
    }

    /// Runs a call and compares what it gives.
    void check(int call) throws InterruptedException {
        check(call, network.outputs(), run(call, this::output));
    }

    /// Compares outputs with what they must be, and closes them.
    void check(int call, ImmutableList<Model.Port> ports, List<Tensor> outputs) {
        assertEquals(ports.size(), outputs.size(), "number of outputs");
        for (int i = 0; i < ports.size(); i++) {
            try (Tensor output = outputs.get(i)) {
                NumpyArray expected = network.value(call, ports.get(i));
                String what =
                        network + ", call " + call + ", output " + ports.get(i).name();
                assertEquals(
                        new TensorSpec(
                                ports.get(i).spec().axes(),
                                expected.sizes(),
                                ports.get(i).spec().type()),
                        output.spec(),
                        what);
                compare(what, expected.sizes(), expected.toDoubles(), output.toFloats());
            }
        }
    }

    /// A value must be nearer to the truth than 1e-5 of 1, and than 1e-5 of the truth where that is larger.
    private static void compare(String what, ImmutableLongArray sizes, double[] expected, float[] met) {
        for (int i = 0; i < expected.length; i++) {
            double most = TOLERANCE * Math.max(1, Math.abs(expected[i]));
            boolean same = Double.isNaN(expected[i]) ? Float.isNaN(met[i]) : Math.abs(met[i] - expected[i]) <= most;
            if (!same) {
                fail(what + " of " + sizes + ": met " + met[i] + " at position " + i + "; needed " + expected[i]
                        + " within " + most);
            }
        }
    }

    /// The bytes of all outputs of a call.
    List<byte[]> bytes(int call) throws InterruptedException {
        List<byte[]> bytes = new ArrayList<>();
        for (Tensor output : run(call, this::output)) {
            try (output) {
                bytes.add(output.elements().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        model.close();
        pool.close();
    }
}
