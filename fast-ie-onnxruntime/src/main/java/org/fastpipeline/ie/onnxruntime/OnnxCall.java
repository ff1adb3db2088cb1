// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;

/// One run of a network. Closing it frees what is native, and the outputs if they were not given away.
final class OnnxCall implements AutoCloseable {
    private final OnnxModel model;
    private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    private final Set<String> copied = new LinkedHashSet<>();
    private final TreeMap<Integer, Tensor> outputs = new TreeMap<>();
    private boolean done;

    OnnxCall(OnnxModel model) {
        this.model = model;
    }

    void feed(Place place, Tensor input) throws OrtException {
        fed.put(place.name(), Elements.over(model.environment(), input.spec(), input.elements()));
    }

    /// Has an output written where it shall lie, if `shape` is known; else it is copied there.
    void bind(int position, Optional<TensorSpec> shape, BiFunction<Integer, TensorSpec, Tensor> memory)
            throws OrtException {
        String name = model.outputPlaces().get(position).name();
        long bytes = shape.map(TensorSpec::bytes).orElse(0L);
        if (bytes > Elements.MOST_BYTES) {
            throw tooLarge(name, bytes);
        }
        if (bytes == 0) {
            copied.add(name);
            return;
        }
        TensorSpec spec = shape.orElseThrow();
        MemorySegment place = make(position, spec, memory);
        pinned.put(name, Elements.over(model.environment(), spec, place));
    }

    private MemorySegment make(int position, TensorSpec spec, BiFunction<Integer, TensorSpec, Tensor> memory) {
        Tensor output = memory.apply(position, spec);
        outputs.put(position, output);
        return output.writableElements();
    }

    List<Tensor> run(BiFunction<Integer, TensorSpec, Tensor> memory) throws OrtException {
        try (OrtSession.Result result = model.session().run(fed, copied, pinned)) {
            for (int i = 0; i < model.outputPlaces().size(); i++) {
                Place place = model.outputPlaces().get(i);
                if (copied.contains(place.name())) {
                    copy(i, place, result.get(place.name()).orElseThrow(), memory);
                }
            }
        }
        done = true;
        return List.copyOf(outputs.values());
    }

    private void copy(int position, Place place, OnnxValue value, BiFunction<Integer, TensorSpec, Tensor> memory) {
        if (!(value instanceof OnnxTensor tensor)) {
            throw failure("output " + place.name() + " is no tensor", "Choose other outputs");
        }
        ImmutableLongArray sizes = ImmutableLongArray.copyOf(tensor.getInfo().getShape());
        TensorSpec needed = place.port().spec();
        TensorSpec spec =
                sizes.length() == needed.rank() ? new TensorSpec(needed.axes(), sizes, needed.type()) : needed;
        if (sizes.length() != needed.rank() || !needed.accepts(spec)) {
            throw failure(
                    "output " + place.name() + " has sizes " + sizes + "; declared is " + needed,
                    "Correct the declaration");
        }
        if (spec.bytes() > Elements.MOST_BYTES) {
            throw tooLarge(place.name(), spec.bytes());
        }
        MemorySegment target = make(position, spec, memory);
        if (spec.bytes() > 0) {
            target.copyFrom(MemorySegment.ofBuffer(tensor.getByteBuffer()));
        }
    }

    private ModelException tooLarge(String output, long bytes) {
        return failure(
                "output " + output + " has " + bytes + " bytes; ONNX Runtime's Java API gives " + Elements.MOST_BYTES
                        + " at most",
                "Split the batch or the volume");
    }

    private ModelException failure(String problem, String remedy) {
        return new ModelException(model.name(), problem, remedy, null);
    }

    @Override
    public void close() {
        fed.values().forEach(OnnxTensor::close);
        pinned.values().forEach(OnnxTensor::close);
        if (!done) {
            outputs.values().forEach(Tensor::close);
        }
    }
}
