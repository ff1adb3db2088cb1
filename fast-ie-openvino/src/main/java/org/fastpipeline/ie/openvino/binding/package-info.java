// SPDX-License-Identifier: Apache-2.0
/// OpenVINO's C API: one class per header, the handle of a function above its method.
///
/// ```java
/// OpenVino ov = OpenVino.of(SymbolLookup.libraryLookup(path, Arena.global()));
/// try (Arena arena = Arena.ofShared()) {
///     MemorySegment core = ov.core().create(arena);
///     MemorySegment model = ov.core().readModel(core, Path.of("model.onnx"), arena);
///     MemorySegment compiled = ov.core().compile(core, model, "CPU", ImmutableMap.of(), arena);
///     MemorySegment request = ov.compiledModels().createRequest(compiled, arena);
///     ov.requests().infer(request);
/// }
/// ```
@NullMarked
package org.fastpipeline.ie.openvino.binding;

import org.jspecify.annotations.NullMarked;
