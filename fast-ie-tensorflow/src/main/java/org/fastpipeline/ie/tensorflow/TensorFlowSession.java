// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.Session;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/// One caller's way into the shared native session. It holds nothing native between calls.
final class TensorFlowSession implements Session {
    private final TensorFlowModel model;
    private boolean closed;

    TensorFlowSession(TensorFlowModel model) {
        this.model = model;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
        if (closed) {
            throw new ReleasedException("session", model.name());
        }
        check(inputs);
        try (PointerScope _ = new PointerScope();
                PointerPointer<TF_Tensor> fed = new PointerPointer<>(inputs.size());
                PointerPointer<TF_Tensor> fetched =
                        new PointerPointer<>(model.outputs().size())) {
            for (int i = 0; i < inputs.size(); i++) {
                fed.put(i, inPlace(inputs.get(i)));
            }
            TF_Status status = TF_Status.newStatus();
            tensorflow.TF_SessionRun(
                    model.session(),
                    null,
                    model.inputPlaces(),
                    fed,
                    inputs.size(),
                    model.outputPlaces(),
                    fetched,
                    model.outputs().size(),
                    new PointerPointer<TF_Operation>((Pointer) null),
                    0,
                    null,
                    status);
            if (tensorflow.TF_GetCode(status) != tensorflow.TF_OK) {
                throw new EngineException(
                        TensorFlowEngine.NAME,
                        "model " + model.name() + " failed: "
                                + tensorflow.TF_Message(status).getString(),
                        "Look whether the input is what the model was made for",
                        null);
            }
            return copies(fetched, memory);
        }
    }

    private void check(List<Tensor> inputs) {
        ImmutableList<Model.Port> ports = model.inputs();
        if (inputs.size() != ports.size()) {
            throw new ModelException(
                    model.name(),
                    "met " + inputs.size() + " input tensors; needed " + ports.size() + ": " + ports,
                    "Give one tensor per input",
                    null);
        }
        for (int i = 0; i < inputs.size(); i++) {
            Model.Port port = ports.get(i);
            if (!port.spec().accepts(inputs.get(i).spec())) {
                throw new ModelException(
                        model.name(),
                        "input " + port.name() + " met a tensor "
                                + inputs.get(i).spec() + "; needed " + port.spec(),
                        "Give a tensor of that shape",
                        null);
            }
        }
    }

    /// TensorFlow reads memory that is 64-byte aligned, as all of ours is, where it lies.
    static TF_Tensor inPlace(Tensor tensor) {
        TensorSpec spec = tensor.spec();
        return TF_Tensor.newTensor(
                Elements.number(spec.type()), spec.sizes().toArray(), new Address(tensor.address(), spec.bytes()));
    }

    private List<Tensor> copies(PointerPointer<TF_Tensor> fetched, BiFunction<Integer, TensorSpec, Tensor> memory) {
        ImmutableList<Model.Port> ports = model.outputs();
        List<TF_Tensor> natives = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            natives.add(fetched.get(TF_Tensor.class, i).withDeallocator());
        }
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            TensorSpec spec = spec(ports.get(i), natives.get(i));
            Tensor output = memory.apply(i, spec);
            if (spec.bytes() > 0) {
                Pointer.memcpy(
                        new Address(output.writableElements().address(), spec.bytes()),
                        tensorflow.TF_TensorData(natives.get(i)),
                        spec.bytes());
            }
            outputs.add(output);
        }
        return List.copyOf(outputs);
    }

    private TensorSpec spec(Model.Port port, TF_Tensor result) {
        int rank = tensorflow.TF_NumDims(result);
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(rank);
        for (int i = 0; i < rank; i++) {
            sizes.add(tensorflow.TF_Dim(result, i));
        }
        ImmutableLongArray met = sizes.build();
        TensorSpec needed = port.spec();
        TensorSpec spec = rank == needed.rank() ? new TensorSpec(needed.axes(), met, needed.type()) : needed;
        if (rank != needed.rank() || !needed.accepts(spec)) {
            throw new ModelException(
                    model.name(),
                    "output " + port.name() + " has sizes " + met + "; declared is " + needed,
                    "Correct the declaration",
                    null);
        }
        return spec;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            model.sessionClosed();
        }
    }
}
