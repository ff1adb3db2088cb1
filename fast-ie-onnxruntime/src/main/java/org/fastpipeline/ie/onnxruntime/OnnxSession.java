// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OrtException;
import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.inference.Session;

/// One caller's way into the shared native session. It holds nothing native between calls.
final class OnnxSession implements Session {
    private final OnnxModel model;
    private boolean closed;

    OnnxSession(OnnxModel model) {
        this.model = model;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
        if (closed) {
            throw new ReleasedException("session", model.name());
        }
        Map<String, Long> bound = check(inputs);
        try (OnnxCall call = new OnnxCall(model)) {
            for (int i = 0; i < inputs.size(); i++) {
                call.feed(model.inputPlaces().get(i), inputs.get(i));
            }
            for (int i = 0; i < model.outputPlaces().size(); i++) {
                call.bind(i, model.outputPlaces().get(i).shape(bound), memory);
            }
            return call.run(memory);
        } catch (OrtException failed) {
            throw new EngineException(
                    OnnxRuntimeEngine.NAME,
                    "model " + model.name() + " failed: " + failed.getMessage(),
                    "Look whether the input is what the model was made for",
                    failed);
        }
    }

    /// Fails unless the inputs fit.
    ///
    /// @return what they make of the sizes that the model has names for
    private Map<String, Long> check(List<Tensor> inputs) {
        ImmutableList<Place> places = model.inputPlaces();
        if (inputs.size() != places.size()) {
            throw failure(
                    "met " + inputs.size() + " input tensors; needed " + places.size() + ": " + model.inputs(),
                    "Give one tensor per input");
        }
        Map<String, Long> bound = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            TensorSpec met = inputs.get(i).spec();
            Place place = places.get(i);
            if (!place.port().spec().accepts(met)) {
                throw failure(
                        "input " + place.name() + " met a tensor " + met + "; needed "
                                + place.port().spec(),
                        "Give a tensor of that shape");
            }
            if (met.bytes() > Elements.MOST_BYTES) {
                throw failure(
                        "input " + place.name() + " met a tensor " + met + " of " + met.bytes()
                                + " bytes; ONNX Runtime's Java API takes " + Elements.MOST_BYTES + " at most",
                        "Split the batch or the volume");
            }
            bind(place, met, bound);
        }
        return bound;
    }

    private void bind(Place place, TensorSpec met, Map<String, Long> bound) {
        for (int i = 0; i < met.rank(); i++) {
            String symbol = place.symbols().get(i);
            long size = met.sizes().get(i);
            Long before = symbol.isEmpty() ? null : bound.put(symbol, size);
            if (before != null && before != size) {
                throw failure(
                        "input " + place.name() + " met a tensor " + met + ", whose size " + symbol + " is " + size
                                + "; needed " + before + " as in the inputs before it",
                        "Give tensors of equal sizes");
            }
        }
    }

    private ModelException failure(String problem, String remedy) {
        return new ModelException(model.name(), problem, remedy, null);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            model.sessionClosed();
        }
    }
}
