// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Any network: one port per input and output of the model, named as the model names them.
///
/// It reports the times `input` (preprocessing), `inference` and `output`. The model stays the caller's, and open for
/// as long as pipelines use this node.
public final class NeuralNetwork extends Stateless {
    /// The model's inputs, in its order.
    public final ImmutableList<In<Tensor>> inputs;

    /// The model's outputs, in its order.
    public final ImmutableList<Out<Tensor>> outputs;

    private final LoadedModel model;
    private final ImmutableList<NetworkInput> prepared;

    /// A network whose inputs are given to the model as they are.
    public NeuralNetwork(LoadedModel model) {
        this(model, ImmutableMap.of());
    }

    /// @param model the network
    /// @param preprocessing what is done to the elements of an input, by its name; nothing where it is not named
    public NeuralNetwork(LoadedModel model, Map<String, Preprocessing> preprocessing) {
        this.model = model;
        ImmutableList.Builder<In<Tensor>> ins = ImmutableList.builder();
        ImmutableList.Builder<NetworkInput> preparations = ImmutableList.builder();
        for (Model.Port port : model.inputs()) {
            ins.add(in(port.name(), Tensor.class, "input of the model: " + port.spec()));
            preparations.add(
                    new NetworkInput(model.name(), port, preprocessing.getOrDefault(port.name(), Preprocessing.NONE)));
        }
        this.inputs = ins.build();
        this.prepared = preparations.build();
        this.outputs = model.outputs().stream()
                .map(port -> out(port.name(), Tensor.class, "output of the model: " + port.spec()))
                .collect(ImmutableList.toImmutableList());
    }

    /// The input that the model calls `name`.
    ///
    /// @throws WrongUseException if there is none; it lists those there are
    public In<Tensor> input(String name) {
        return inputs.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("input", name, model.inputs()));
    }

    /// The output that the model calls `name`.
    ///
    /// @throws WrongUseException if there is none; it lists those there are
    public Out<Tensor> output(String name) {
        return outputs.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("output", name, model.outputs()));
    }

    private WrongUseException unknown(String kind, String name, List<Model.Port> ports) {
        return new WrongUseException(
                name(),
                "met " + kind + " '" + name + "'; needed one of "
                        + ports.stream().map(Model.Port::name).toList(),
                "Correct the name");
    }

    @Override
    public void execute(Step step) throws InterruptedException {
        try (Parts parts = new Parts(step)) {
            parts.begin("input");
            List<Tensor> tensors = new ArrayList<>(inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                tensors.add(prepared.get(i).prepare(step.get(inputs.get(i)), step.memory()));
            }
            parts.begin("inference");
            List<Tensor> results = model.run(tensors, (_, spec) -> Tensor.allocate(spec, step.memory()));
            parts.begin("output");
            for (int i = 0; i < outputs.size(); i++) {
                step.put(outputs.get(i), results.get(i));
            }
        }
    }
}
