// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// `ov_compiled_model.h`: a model as a device runs it. All functions are thread-safe.
public final class CompiledModelHeader extends Header {
    CompiledModelHeader(Symbols symbols) {
        super(symbols);
    }

    private final Function input = function("ov_compiled_model_input_by_index", POINTER, SIZE, POINTER);
    private final Function output = function("ov_compiled_model_output_by_index", POINTER, SIZE, POINTER);
    private final Function portFree = freeing("ov_output_const_port_free");

    /// An input, at the index that it had in the model that was read; it lives as long as `arena`.
    public MemorySegment input(MemorySegment model, long index, Arena arena) {
        return make(arena, input, portFree, (function, place) -> (int) function.invokeExact(model, index, place));
    }

    /// An output, at the index that it had in the model that was read; it lives as long as `arena`.
    public MemorySegment output(MemorySegment model, long index, Arena arena) {
        return make(arena, output, portFree, (function, place) -> (int) function.invokeExact(model, index, place));
    }

    private final Function inputs = function("ov_compiled_model_inputs_size", POINTER, POINTER);

    /// Number of inputs.
    public long inputs(MemorySegment model) {
        return number(inputs, (function, place) -> (int) function.invokeExact(model, place));
    }

    private final Function outputs = function("ov_compiled_model_outputs_size", POINTER, POINTER);

    /// Number of outputs.
    public long outputs(MemorySegment model) {
        return number(outputs, (function, place) -> (int) function.invokeExact(model, place));
    }

    private final Function property = function("ov_compiled_model_get_property", POINTER, POINTER, POINTER);

    /// A property as it is in force, such as `INFERENCE_PRECISION_HINT`.
    public String property(MemorySegment model, String key) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment wanted = scratch.allocateFrom(key);
            return text(property, (function, place) -> (int) function.invokeExact(model, wanted, place));
        }
    }

    private final Function createRequest = function("ov_compiled_model_create_infer_request", POINTER, POINTER);
    private final Function requestFree = freeing("ov_infer_request_free");

    /// A way to run the model, which lives as long as `arena`.
    public MemorySegment createRequest(MemorySegment model, Arena arena) {
        return make(arena, createRequest, requestFree, (function, place) -> (int) function.invokeExact(model, place));
    }

    private final Function export = function("ov_compiled_model_export_model", POINTER, POINTER);

    /// Writes the compiled model to a file, for [CoreHeader#importModel].
    public void export(MemorySegment model, Path file) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment path = scratch.allocateFrom(file.toString());
            export.run(function -> (int) function.invokeExact(model, path));
        }
    }
}
