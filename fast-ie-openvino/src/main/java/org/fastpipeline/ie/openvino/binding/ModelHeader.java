// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// `ov_model.h`: a model as it was read, with its ports. A model is used by one thread at a time.
public final class ModelHeader extends Header {
    ModelHeader(Symbols symbols) {
        super(symbols);
    }

    private final Function name = function("ov_model_get_friendly_name", POINTER, POINTER);

    /// What the model calls itself.
    public String name(MemorySegment model) {
        return text(name, (function, place) -> (int) function.invokeExact(model, place));
    }

    private final Function inputs = function("ov_model_inputs_size", POINTER, POINTER);

    /// Number of inputs.
    public long inputs(MemorySegment model) {
        return number(inputs, (function, place) -> (int) function.invokeExact(model, place));
    }

    private final Function outputs = function("ov_model_outputs_size", POINTER, POINTER);

    /// Number of outputs.
    public long outputs(MemorySegment model) {
        return number(outputs, (function, place) -> (int) function.invokeExact(model, place));
    }

    private final Function input = function("ov_model_const_input_by_index", POINTER, SIZE, POINTER);
    private final Function output = function("ov_model_const_output_by_index", POINTER, SIZE, POINTER);
    private final Function portFree = freeing("ov_output_const_port_free");

    /// An input, which lives as long as `arena`.
    public MemorySegment input(MemorySegment model, long index, Arena arena) {
        return make(arena, input, portFree, (function, place) -> (int) function.invokeExact(model, index, place));
    }

    /// An output, which lives as long as `arena`.
    public MemorySegment output(MemorySegment model, long index, Arena arena) {
        return make(arena, output, portFree, (function, place) -> (int) function.invokeExact(model, index, place));
    }

    private final Function inputByName = function("ov_model_const_input_by_name", POINTER, POINTER, POINTER);
    private final Function outputByName = function("ov_model_const_output_by_name", POINTER, POINTER, POINTER);

    /// The input that has `name` among its names; it lives as long as `arena`.
    public MemorySegment input(MemorySegment model, String name, Arena arena) {
        return byName(inputByName, model, name, arena);
    }

    /// The output that has `name` among its names; it lives as long as `arena`.
    public MemorySegment output(MemorySegment model, String name, Arena arena) {
        return byName(outputByName, model, name, arena);
    }

    private MemorySegment byName(Function get, MemorySegment model, String name, Arena arena) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment text = scratch.allocateFrom(name);
            return make(arena, get, portFree, (function, place) -> (int) function.invokeExact(model, text, place));
        }
    }

    private final Function reshape = function("ov_model_reshape_by_port_indexes", POINTER, POINTER, POINTER, SIZE);

    /// Gives inputs other sizes, from which those of all that follows are derived anew.
    ///
    /// @param sizes by index of the input; -1 where they may vary
    /// @throws org.fastpipeline.core.error.EngineException if they do not fit; the model then stays as it was
    public void reshape(MemorySegment model, Map<Integer, ImmutableLongArray> sizes) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment which = scratch.allocate(SIZE, sizes.size());
            MemorySegment shapes = scratch.allocate(PARTIAL_SHAPE, sizes.size());
            int at = 0;
            for (Map.Entry<Integer, ImmutableLongArray> input : sizes.entrySet()) {
                which.setAtIndex(SIZE, at, input.getKey());
                fill(
                        shapes.asSlice(at * PARTIAL_SHAPE.byteSize(), PARTIAL_SHAPE.byteSize()),
                        input.getValue(),
                        scratch);
                at++;
            }
            reshape.run(function -> (int) function.invokeExact(model, which, shapes, (long) sizes.size()));
        }
    }

    private static void fill(MemorySegment shape, ImmutableLongArray sizes, Arena scratch) {
        MemorySegment dimensions = scratch.allocate(SIZE, 2L * Math.max(1, sizes.length()));
        for (int i = 0; i < sizes.length(); i++) {
            dimensions.setAtIndex(SIZE, 2L * i, Math.max(0, sizes.get(i)));
            dimensions.setAtIndex(SIZE, 2L * i + 1, sizes.get(i));
        }
        shape.setAtIndex(SIZE, 0, sizes.length());
        shape.setAtIndex(SIZE, 1, sizes.length());
        shape.set(POINTER, 2 * SIZE.byteSize(), dimensions);
    }
}
