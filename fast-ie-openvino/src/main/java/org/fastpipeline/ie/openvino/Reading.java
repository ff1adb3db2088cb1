// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.ie.openvino.binding.CoreHeader;
import org.fastpipeline.ie.openvino.binding.TensorHeader;
import org.jspecify.annotations.Nullable;

/// Reads a model from its files, or from memory where OpenVINO can.
///
/// @param library the library
/// @param source the model
record Reading(Library library, ModelSource source) {
    /// OpenVINO's other frontends open files alone.
    private static final ImmutableSet<ModelFormat> IN_MEMORY =
            ImmutableSet.of(ModelFormat.ONNX, ModelFormat.OPENVINO_IR);

    private static final String WHOLE = "Give a whole file of that format, or convert it with a newer OpenVINO";

    /// @param arena of the model that is read
    /// @param weights of what is compiled from it, which computes with the weights where they lie
    MemorySegment read(Arena arena, Arena weights) {
        try {
            return source.content() instanceof ModelSource.Bytes bytes && IN_MEMORY.contains(source.format())
                    ? read(bytes, arena, weights)
                    : read(source.path(), arena);
        } catch (EngineException unreadable) {
            throw failure("cannot be read as " + source.format() + ": " + unreadable.problem(), remedy(), unreadable);
        }
    }

    private MemorySegment read(Path path, Arena arena) {
        if (!Files.exists(path)) {
            throw failure("is missing", "Correct the path", null);
        }
        return library.ov().core().readModel(library.core(), path.toAbsolutePath(), arena);
    }

    private MemorySegment read(ModelSource.Bytes bytes, Arena arena, Arena kept) {
        CoreHeader core = library.ov().core();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment model = copy(bytes.model(), scratch);
            if (bytes.weights().byteSize() == 0) {
                return core.readModel(library.core(), model, 0, arena);
            }
            MemorySegment weights = copy(bytes.weights(), kept);
            MemorySegment shape = TensorHeader.shape(1, scratch);
            library.ov().tensors().setSize(shape, 0, weights.byteSize());
            long tensor = library.ov()
                    .tensors()
                    .overMemory(
                            Elements.number(ElementType.U8),
                            shape,
                            weights.address(),
                            scratch.allocate(TensorHeader.PLACE_BYTES, TensorHeader.PLACE_BYTES));
            try {
                return core.readModel(library.core(), model, tensor, arena);
            } finally {
                library.ov().tensors().free(tensor);
            }
        }
    }

    private static MemorySegment copy(MemorySegment bytes, Arena arena) {
        return arena.allocate(bytes.byteSize(), TensorHeader.PLACE_BYTES).copyFrom(bytes);
    }

    private String remedy() {
        if (source.format() == ModelFormat.OPENVINO_IR && source.content() instanceof ModelSource.Files(Path path)) {
            String weights = String.valueOf(path.getFileName()).replaceFirst("\\.xml$", "") + ".bin";
            return Files.exists(path.resolveSibling(weights)) ? WHOLE : "Put " + weights + " beside it";
        }
        return WHOLE;
    }

    private ModelException failure(String problem, String remedy, @Nullable Throwable cause) {
        return new ModelException(source.name(), problem, remedy, cause);
    }
}
