// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.Preprocessing;

/// A network that remembers: some of its outputs are what it reads on some of its inputs with the next frame. With
/// the first frame of a stream these are zeros. They are no ports; all others are, as those of a [NeuralNetwork].
///
/// The model stays the caller's, and open for as long as pipelines use this node.
public final class RecurrentNetwork extends Stateful<RecurrentNetwork.Memory> {
    /// The model's inputs, without those of its state, in its order.
    public final ImmutableList<In<Tensor>> inputs;

    /// The model's outputs, without those of its state, in its order.
    public final ImmutableList<Out<Tensor>> outputs;

    /// The number of the sequence that frames belong to: with the first frame of another one the state is zeros
    /// again.
    public final Parameter<Integer> sequence = integer(
            "sequence", 0, 0, Integer.MAX_VALUE, "sequences", "number of the sequence; another one begins with zeros");

    private final LoadedModel model;
    private final Ordering ordering;
    private final ImmutableMap<String, String> states;
    private final ImmutableMap<String, NetworkInput> prepared;
    private final ImmutableMap<String, In<Tensor>> ins;
    private final ImmutableMap<String, Out<Tensor>> outs;

    /// What the network remembers.
    public static final class Memory {
        private final Map<String, Tensor> states = new HashMap<>();
        private int sequence;

        private Memory() {}

        private void clear() {
            states.values().forEach(Tensor::close);
            states.clear();
        }
    }

    /// @param model the network
    /// @param states names of the outputs that become inputs with the next frame, by the names of these inputs
    /// @param preprocessing what is done to the elements of an input, by its name; nothing where it is not named
    /// @param layout where the model has the channels of images
    /// @throws WrongUseException if the model has no such input or output
    /// @throws ModelException if such an input and output differ
    public RecurrentNetwork(
            LoadedModel model, Map<String, String> states, Map<String, Preprocessing> preprocessing, Layout layout) {
        this.model = model;
        this.states = ImmutableMap.copyOf(states);
        this.ordering = Ordering.of(layout, model);
        states.forEach(this::check);
        ImmutableMap.Builder<String, NetworkInput> preparations = ImmutableMap.builder();
        ImmutableMap.Builder<String, In<Tensor>> reads = ImmutableMap.builder();
        for (Model.Port port : model.inputs()) {
            if (!states.containsKey(port.name())) {
                preparations.put(
                        port.name(),
                        new NetworkInput(
                                model.name(),
                                port,
                                preprocessing.getOrDefault(port.name(), Preprocessing.NONE),
                                ordering));
                reads.put(port.name(), in(port.name(), Tensor.class, "input of the model: " + port.spec()));
            }
        }
        ImmutableMap.Builder<String, Out<Tensor>> gives = ImmutableMap.builder();
        for (Model.Port port : model.outputs()) {
            if (!states.containsValue(port.name())) {
                gives.put(port.name(), out(port.name(), Tensor.class, "output of the model: " + port.spec()));
            }
        }
        this.prepared = preparations.buildOrThrow();
        this.ins = reads.buildOrThrow();
        this.outs = gives.buildOrThrow();
        this.inputs = ins.values().asList();
        this.outputs = outs.values().asList();
    }

    /// Names of a state's outputs by those of its inputs, out of two lists.
    ///
    /// @throws WrongUseException if one is longer
    public static ImmutableMap<String, String> states(List<String> inputs, List<String> outputs) {
        if (inputs.size() != outputs.size()) {
            throw new WrongUseException(
                    "recurrent network",
                    "met state inputs " + inputs + " and state outputs " + outputs + "; needed as many",
                    "Name the output of each");
        }
        ImmutableMap.Builder<String, String> states = ImmutableMap.builder();
        for (int i = 0; i < inputs.size(); i++) {
            states.put(inputs.get(i), outputs.get(i));
        }
        return states.buildOrThrow();
    }

    private void check(String in, String out) {
        TensorSpec read =
                NeuralNetwork.port(name(), "input", in, model.inputs()).spec();
        TensorSpec given =
                NeuralNetwork.port(name(), "output", out, model.outputs()).spec();
        boolean fits = read.type() == given.type() && read.rank() == given.rank();
        for (int i = 0; fits && i < read.rank(); i++) {
            long size = read.sizes().get(i);
            long other = given.sizes().get(i);
            fits = size == other || size == TensorSpec.UNKNOWN || other == TensorSpec.UNKNOWN;
        }
        if (!fits) {
            throw new ModelException(
                    model.name(),
                    "state goes from output " + out + ", " + given + ", to input " + in + ", " + read
                            + "; needed equal shapes",
                    "Link other ports",
                    null);
        }
    }

    @Override
    public Memory open() {
        return new Memory();
    }

    @Override
    public void execute(Memory memory, Step step) throws InterruptedException {
        if (memory.sequence != step.get(sequence)) {
            memory.clear();
            memory.sequence = step.get(sequence);
        }
        try (Parts parts = new Parts(step);
                Fed fed = new Fed(model, step.memory())) {
            parts.begin("input");
            feed(fed, memory, step);
            parts.begin("inference");
            List<Tensor> results = fed.run();
            parts.begin("output");
            for (int i = 0; i < results.size(); i++) {
                Out<Tensor> out = outs.get(model.outputs().get(i).name());
                if (out != null) {
                    put(step, out, results.get(i), fed);
                }
            }
            memory.clear();
            states.forEach((in, out) -> memory.states.put(in, remembered(in, out, results)));
        }
    }

    private void feed(Fed fed, Memory memory, Step step) {
        long items = 1;
        for (Map.Entry<String, In<Tensor>> each : ins.entrySet()) {
            items = Math.max(items, step.get(each.getValue()).spec().size(Axis.N));
        }
        for (Model.Port port : model.inputs()) {
            NetworkInput input = prepared.get(port.name());
            In<Tensor> in = ins.get(port.name());
            if (input != null && in != null) {
                fed.add(input, step.get(in));
            } else {
                Tensor state = memory.states.get(port.name());
                fed.add(state == null ? zeros(port, items, step) : state.retain(this));
            }
        }
    }

    private Tensor zeros(Model.Port port, long items, Step step) {
        TensorSpec spec = port.spec();
        TensorSpec sized = spec.size(Axis.N) == TensorSpec.UNKNOWN ? spec.withFirst(items) : spec;
        if (!sized.isKnown()) {
            throw new ModelException(
                    model.name(),
                    "state " + port.name() + " is " + spec + "; needed known sizes, but for N, to begin with zeros",
                    "Give them in ModelSource.shapes",
                    null);
        }
        Tensor zeros = Tensor.allocate(sized, step.memory());
        zeros.writableElements().fill((byte) 0);
        return zeros;
    }

    private void put(Step step, Out<Tensor> out, Tensor result, Fed fed) {
        OutputPort port = new OutputPort(model.name(), out.name(), ordering);
        TensorSpec read = ordering.understood(fed.first().spec());
        try (Tensor output = port.whole(result, fed.isSingle(), fed.first().geometry(), read, step.memory())) {
            step.put(out, output);
        }
    }

    /// The state under the names of the input's axes, kept beyond the step.
    private Tensor remembered(String in, String out, List<Tensor> results) {
        TensorSpec read =
                NeuralNetwork.port(name(), "input", in, model.inputs()).spec();
        Tensor result =
                results.get(model.outputs().indexOf(NeuralNetwork.port(name(), "output", out, model.outputs())));
        return result.retainAs(new TensorSpec(read.axes(), result.spec().sizes(), read.type()), Geometry.UNIT, this);
    }

    @Override
    public void close(Memory memory) {
        memory.clear();
    }
}
