// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.ie.openvino.binding.OpenVino;
import org.fastpipeline.ie.openvino.binding.TensorHeader;

/// One request of a compiled model, with all that its calls need but the tensors, so that a call allocates next to
/// nothing on the heap.
final class OpenVinoSession implements Session {
    private final OpenVinoModel model;
    private final OpenVino ov;
    private final Compiled compiled;
    private final MemorySegment request;
    private final Binding[] inputs;
    private final Binding[] outputs;
    private final MemorySegment place;
    private final MemorySegment found;
    private final Optional<Fitting> fitting;
    private final Arena arena;
    private boolean closed;

    /// A port, and what is needed to give it a tensor.
    private final class Binding {
        private final TensorSpec declared;
        private final String name;
        private final MemorySegment port;
        private final int type;
        private final MemorySegment shape;
        private final boolean fixed;
        private TensorSpec last;

        Binding(Endpoint endpoint) {
            this.declared = endpoint.port().spec();
            this.name = endpoint.port().name();
            this.port = endpoint.handle();
            this.type = Elements.number(declared.type());
            this.shape = TensorHeader.shape(declared.rank(), arena);
            for (int i = 0; i < declared.rank(); i++) {
                ov.tensors().setSize(shape, i, TensorSpec.UNKNOWN);
            }
            this.fixed = declared.isKnown();
            this.last = declared;
        }

        boolean isNew(TensorSpec spec) {
            for (int i = 0; i < spec.rank(); i++) {
                if (ov.tensors().size(shape, i) != spec.sizes().get(i)) {
                    return true;
                }
            }
            return false;
        }

        /// Has the request use the tensor's memory.
        void bind(Tensor tensor) {
            TensorSpec spec = tensor.spec();
            for (int i = 0; i < spec.rank(); i++) {
                ov.tensors().setSize(shape, i, spec.sizes().get(i));
            }
            long made = ov.tensors().overMemory(type, shape, tensor.address(), place);
            try {
                ov.requests().setTensor(request, port, made);
            } finally {
                ov.tensors().free(made);
            }
        }

        /// The shape that the last run gave this output, the same object as long as it stays the same.
        TensorSpec shapeOf(long result) {
            ov.tensors().shape(result, found);
            try {
                int rank = TensorHeader.rank(found);
                boolean same = rank == last.rank();
                for (int i = 0; same && i < rank; i++) {
                    same = last.sizes().get(i) == ov.tensors().size(found, i);
                }
                if (!same) {
                    last = changed(rank);
                }
                return last;
            } finally {
                ov.tensors().freeShape(found);
            }
        }

        private TensorSpec changed(int rank) {
            ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(rank);
            for (int i = 0; i < rank; i++) {
                sizes.add(ov.tensors().size(found, i));
            }
            ImmutableLongArray met = sizes.build();
            TensorSpec spec =
                    rank == declared.rank() ? new TensorSpec(declared.axes(), met, declared.type()) : declared;
            if (rank != declared.rank() || !declared.accepts(spec)) {
                throw failure(
                        "output " + name + " has sizes " + met + "; declared is " + declared,
                        "Correct the declaration");
            }
            return spec;
        }
    }

    OpenVinoSession(
            OpenVinoModel model,
            OpenVino ov,
            Compiled compiled,
            MemorySegment request,
            Optional<Fitting> fitting,
            Arena arena) {
        this.model = model;
        this.ov = ov;
        this.compiled = compiled;
        this.request = request;
        this.fitting = fitting;
        this.arena = arena;
        this.inputs = compiled.inputs().stream()
                .map(endpoint -> new Binding(endpoint))
                .toArray(Binding[]::new);
        this.outputs = compiled.outputs().stream()
                .map(endpoint -> new Binding(endpoint))
                .toArray(Binding[]::new);
        this.place = arena.allocate(TensorHeader.PLACE_BYTES, TensorHeader.PLACE_BYTES);
        this.found = TensorHeader.shape(0, arena);
    }

    @Override
    public List<Tensor> run(List<Tensor> given, BiFunction<Integer, TensorSpec, Tensor> memory) {
        if (closed) {
            throw new ReleasedException("session", model.name());
        }
        check(given);
        if (fitting.isPresent() && isNew(given)) {
            fitting.get()
                    .check(given.stream()
                            .map(tensor -> tensor.spec().sizes())
                            .collect(ImmutableList.toImmutableList()));
        }
        Tensor[] results = new Tensor[outputs.length];
        try {
            for (int i = 0; i < inputs.length; i++) {
                inputs[i].bind(given.get(i));
            }
            for (int i = 0; i < outputs.length; i++) {
                if (outputs[i].fixed) {
                    results[i] = memory.apply(i, outputs[i].declared);
                    outputs[i].bind(results[i]);
                }
            }
            infer();
            for (int i = 0; i < outputs.length; i++) {
                if (!outputs[i].fixed) {
                    results[i] = copy(i, memory);
                }
            }
            return List.of(results);
        } catch (Throwable failed) {
            for (Tensor result : results) {
                if (result != null) {
                    result.close();
                }
            }
            throw failed;
        }
    }

    /// Where the request reads an input, for tests.
    long inputAddress(int index) {
        return address(inputs[index]);
    }

    /// Where the request writes an output, for tests.
    long outputAddress(int index) {
        return address(outputs[index]);
    }

    private long address(Binding binding) {
        long tensor = ov.requests().tensor(request, binding.port, place);
        try {
            return ov.tensors().data(tensor, place);
        } finally {
            ov.tensors().free(tensor);
        }
    }

    private void infer() {
        try {
            ov.requests().infer(request);
        } catch (EngineException failed) {
            throw new EngineException(
                    OpenVino.NAME,
                    "model " + model.name() + " failed: " + failed.problem(),
                    "Look whether the input is what the model was made for",
                    failed);
        }
    }

    /// An output whose size only the run decided; its memory is the request's.
    private Tensor copy(int index, BiFunction<Integer, TensorSpec, Tensor> memory) {
        Binding output = outputs[index];
        long result = ov.requests().tensor(request, output.port, place);
        try {
            TensorSpec spec = output.shapeOf(result);
            Tensor copy = memory.apply(index, spec);
            if (spec.bytes() > 0) {
                ov.tensors().copy(ov.tensors().data(result, place), copy.address(), spec.bytes());
            }
            return copy;
        } finally {
            ov.tensors().free(result);
        }
    }

    private void check(List<Tensor> given) {
        if (given.size() != inputs.length) {
            throw failure(
                    "met " + given.size() + " input tensors; needed " + inputs.length + ": " + model.inputs(),
                    "Give one tensor per input");
        }
        for (int i = 0; i < inputs.length; i++) {
            TensorSpec met = given.get(i).spec();
            if (!inputs[i].declared.accepts(met)) {
                throw failure(
                        "input " + inputs[i].name + " met a tensor " + met + "; needed " + inputs[i].declared,
                        "Give a tensor of that shape");
            }
            if (met.type() == ElementType.I64) {
                checkRange(inputs[i].name, given.get(i));
            }
        }
    }

    /// OpenVINO's devices compute 64-bit integers in 32 bits and cut off the rest.
    private void checkRange(String input, Tensor tensor) {
        MemorySegment elements = tensor.elements();
        for (long at = 0; at < elements.byteSize(); at += Long.BYTES) {
            long value = elements.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            if (value != (int) value) {
                throw failure(
                        "input " + input + " met the number " + value + "; needed one that fits 32 bits",
                        "Take another engine for numbers that large");
            }
        }
    }

    /// Whether the sizes differ from those of the last call.
    private boolean isNew(List<Tensor> given) {
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i].isNew(given.get(i).spec())) {
                return true;
            }
        }
        return false;
    }

    private ModelException failure(String problem, String remedy) {
        return new ModelException(model.name(), problem, remedy, null);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
            model.sessionClosed(compiled);
        }
    }
}
