// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `ov_core.h`: the core, which reads and compiles models and knows the devices. All functions are thread-safe.
public final class CoreHeader extends Header {
    CoreHeader(Symbols symbols) {
        super(symbols);
    }

    private final Function version = function("ov_get_openvino_version", POINTER);
    private final Function versionFree = freeing("ov_version_free");

    /// Version and build of the library, such as `2026.4.1-22982-...`.
    public String version() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment struct = scratch.allocate(2 * POINTER_BYTES);
            version.run(function -> (int) function.invokeExact(struct));
            String build = string(struct.get(POINTER, 0));
            versionFree.runPlain(function -> {
                function.invokeExact(struct);
            });
            return build;
        }
    }

    private final Function create = function("ov_core_create", POINTER);
    private final Function free = freeing("ov_core_free");

    /// A core, which lives as long as `arena`.
    public MemorySegment create(Arena arena) {
        return make(arena, create, free, (function, place) -> (int) function.invokeExact(place));
    }

    private final Function readModel = function("ov_core_read_model", POINTER, POINTER, POINTER, POINTER);
    private final Function modelFree = freeing("ov_model_free");

    /// Reads a model: IR (with the `.bin` beside it), ONNX, TensorFlow (SavedModel folder or frozen graph), TFLite.
    ///
    /// @return the model, which lives as long as `arena`
    public MemorySegment readModel(MemorySegment core, Path path, Arena arena) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment file = scratch.allocateFrom(path.toString());
            return make(arena, readModel, modelFree, (function, place) ->
                    (int) function.invokeExact(core, file, MemorySegment.NULL, place));
        }
    }

    private final Function readMemory =
            function("ov_core_read_model_from_memory_buffer", POINTER, POINTER, SIZE, POINTER, POINTER);

    /// Reads an IR or ONNX model from memory.
    ///
    /// @param content the `.xml` or `.onnx` file
    /// @param weights a U8 tensor of the `.bin` file, which must outlive the model; 0 for ONNX
    /// @return the model, which lives as long as `arena`
    public MemorySegment readModel(MemorySegment core, MemorySegment content, long weights, Arena arena) {
        MemorySegment tensor = MemorySegment.ofAddress(weights);
        return make(arena, readMemory, modelFree, (function, place) ->
                (int) function.invokeExact(core, content, content.byteSize(), tensor, place));
    }

    private final Function compiledModelFree = freeing("ov_compiled_model_free");

    /// Compiles a model for a device.
    ///
    /// @param properties such as `NUM_STREAMS`; with `CACHE_DIR` compiled models are kept there for the next time
    /// @return the compiled model, which lives as long as `arena`; the model is needed no more
    public MemorySegment compile(
            MemorySegment core,
            MemorySegment model,
            String device,
            ImmutableMap<String, String> properties,
            Arena arena) {
        Function compile =
                variadic("ov_core_compile_model", 2 * properties.size(), POINTER, POINTER, POINTER, SIZE, POINTER);
        try (Arena scratch = Arena.ofConfined()) {
            List<Object> arguments =
                    new ArrayList<>(List.of(core, model, scratch.allocateFrom(device), 2L * properties.size()));
            return make(arena, compile, compiledModelFree, (function, place) -> {
                arguments.add(place);
                properties.forEach((key, value) -> {
                    arguments.add(scratch.allocateFrom(key));
                    arguments.add(scratch.allocateFrom(value));
                });
                return (int) function.invokeWithArguments(arguments);
            });
        }
    }

    private final Function importModel = function("ov_core_import_model", POINTER, POINTER, SIZE, POINTER, POINTER);

    /// Takes a compiled model that was exported for the same device by the same version.
    ///
    /// @return the compiled model, which lives as long as `arena`
    public MemorySegment importModel(MemorySegment core, MemorySegment content, String device, Arena arena) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = scratch.allocateFrom(device);
            return make(arena, importModel, compiledModelFree, (function, place) ->
                    (int) function.invokeExact(core, content, content.byteSize(), name, place));
        }
    }

    private final Function property = function("ov_core_get_property", POINTER, POINTER, POINTER, POINTER);

    /// A property of a device, such as `FULL_DEVICE_NAME`.
    public String property(MemorySegment core, String device, String key) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = scratch.allocateFrom(device);
            MemorySegment wanted = scratch.allocateFrom(key);
            return text(property, (function, place) -> (int) function.invokeExact(core, name, wanted, place));
        }
    }

    /// Sets a property of a device for all models compiled later, such as `CACHE_DIR`.
    public void setProperty(MemorySegment core, String device, String key, String value) {
        Function set = variadic("ov_core_set_property", 2, POINTER, POINTER);
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = scratch.allocateFrom(device);
            MemorySegment changed = scratch.allocateFrom(key);
            MemorySegment to = scratch.allocateFrom(value);
            set.run(function -> (int) function.invokeExact(core, name, changed, to));
        }
    }

    private final Function devices = function("ov_core_get_available_devices", POINTER, POINTER);
    private final Function devicesFree = freeing("ov_available_devices_free");

    /// The devices there are, such as `CPU`, `GPU` or `GPU.1`.
    @SuppressWarnings("restricted")
    public ImmutableList<String> devices(MemorySegment core) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment list = scratch.allocate(2 * POINTER_BYTES);
            devices.run(function -> (int) function.invokeExact(core, list));
            ImmutableList.Builder<String> names = ImmutableList.builder();
            long size = list.get(SIZE, POINTER_BYTES);
            MemorySegment array = list.get(POINTER, 0).reinterpret(size * POINTER_BYTES);
            for (long i = 0; i < size; i++) {
                names.add(string(array.getAtIndex(POINTER, i)));
            }
            devicesFree.runPlain(function -> {
                function.invokeExact(list);
            });
            return names.build();
        }
    }
}
