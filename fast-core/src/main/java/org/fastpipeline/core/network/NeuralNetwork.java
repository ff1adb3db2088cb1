// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.Preprocessing;

/// Any network: one port per input and output of the model, named as the model names them.
///
/// A tensor that is read is given to the engine as it is. If it has no axis N where the model has one, it is one
/// item, and where all inputs are, the outputs have none either. Outputs with rows and columns have their channels
/// last, whatever the model's layout is, and lie where the first input does ([Tensor#geometry]).
///
/// [ImageToTensor] and [ImagesToTensor] make tensors of images. It reports the times `input` (preprocessing),
/// `inference` and `output`. The model stays the caller's, and open for as long as pipelines use this node.
public final class NeuralNetwork extends Stateless {
    /// The model's inputs, in its order.
    public final ImmutableList<In<Tensor>> inputs;

    /// The model's outputs, in its order.
    public final ImmutableList<Out<Tensor>> outputs;

    private final LoadedModel model;
    private final ImmutableList<NetworkInput> prepared;
    private final ImmutableList<OutputPort> given;

    /// A network whose inputs are given to the model as they are.
    public NeuralNetwork(LoadedModel model) {
        this(model, ImmutableMap.of());
    }

    /// @param model the network
    /// @param preprocessing what is done to the elements of an input, by its name; nothing where it is not named
    public NeuralNetwork(LoadedModel model, Map<String, Preprocessing> preprocessing) {
        this(model, preprocessing, Layout.DECLARED);
    }

    /// @param model the network
    /// @param preprocessing what is done to the elements of an input, by its name; nothing where it is not named
    /// @param layout where the model has the channels of images
    /// @throws org.fastpipeline.core.error.ModelException if the layout is to be guessed and cannot be
    public NeuralNetwork(LoadedModel model, Map<String, Preprocessing> preprocessing, Layout layout) {
        this.model = model;
        Ordering ordering = Ordering.of(layout, model);
        ImmutableList.Builder<In<Tensor>> ins = ImmutableList.builder();
        ImmutableList.Builder<NetworkInput> preparations = ImmutableList.builder();
        for (Model.Port port : model.inputs()) {
            ins.add(in(port.name(), Tensor.class, "input of the model: " + ordering.understood(port.spec())));
            preparations.add(new NetworkInput(
                    model.name(), port, preprocessing.getOrDefault(port.name(), Preprocessing.NONE), ordering));
        }
        this.inputs = ins.build();
        this.prepared = preparations.build();
        this.outputs = model.outputs().stream()
                .map(port -> out(port.name(), Tensor.class, "output of the model: " + ordering.understood(port.spec())))
                .collect(ImmutableList.toImmutableList());
        this.given = OutputPort.all(model, ordering);
    }

    /// The input that the model calls `name`.
    ///
    /// @throws WrongUseException if there is none; it lists those there are
    public In<Tensor> input(String name) {
        return inputs.get(model.inputs().indexOf(port(name(), "input", name, model.inputs())));
    }

    /// The output that the model calls `name`.
    ///
    /// @throws WrongUseException if there is none; it lists those there are
    public Out<Tensor> output(String name) {
        return outputs.get(model.outputs().indexOf(port(name(), "output", name, model.outputs())));
    }

    /// The port that the model calls `name`.
    ///
    /// @throws WrongUseException if there is none; it lists those there are
    static Model.Port port(String where, String kind, String name, List<Model.Port> ports) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new WrongUseException(
                        where,
                        "met " + kind + " '" + name + "'; needed one of "
                                + ports.stream().map(Model.Port::name).toList(),
                        "Correct the name"));
    }

    @Override
    public void execute(Step step) throws InterruptedException {
        try (Parts parts = new Parts(step);
                Fed fed = new Fed(model, step.memory())) {
            parts.begin("input");
            for (int i = 0; i < inputs.size(); i++) {
                fed.add(prepared.get(i), step.get(inputs.get(i)));
            }
            parts.begin("inference");
            List<Tensor> results = fed.run();
            parts.begin("output");
            for (int i = 0; i < outputs.size(); i++) {
                TensorSpec read = prepared.getFirst().understood(fed.first().spec());
                try (Tensor output = given.get(i)
                        .whole(results.get(i), fed.isSingle(), fed.first().geometry(), read, step.memory())) {
                    step.put(outputs.get(i), output);
                }
            }
        }
    }
}
