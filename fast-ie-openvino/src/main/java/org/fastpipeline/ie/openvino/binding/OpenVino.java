// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import java.lang.foreign.SymbolLookup;
import org.fastpipeline.core.error.EngineException;

/// The functions of a loaded library, by header.
///
/// Objects of the library are memory segments of size 0. Whoever makes one says how long it lives by an arena, which
/// frees it; a use after that, or from a thread that the arena is not for, is an error and no crash. Every function
/// that fails throws an [EngineException] with the library's last error message.
///
/// @param core `ov_core.h`
/// @param models `ov_model.h`
/// @param nodes `ov_node.h`, `ov_partial_shape.h`
/// @param compiledModels `ov_compiled_model.h`
/// @param requests `ov_infer_request.h`
/// @param tensors `ov_tensor.h`, `ov_shape.h`
public record OpenVino(
        CoreHeader core,
        ModelHeader models,
        NodeHeader nodes,
        CompiledModelHeader compiledModels,
        InferRequestHeader requests,
        TensorHeader tensors) {
    /// What errors call the library.
    public static final String NAME = "openvino";

    /// The versions that this binding is for.
    public static final String NEEDED = "2026";

    /// The functions of the library in which `symbols` are found.
    ///
    /// @throws EngineException if the library is of another version: its numbers of element types may differ
    public static OpenVino of(SymbolLookup library) {
        Symbols symbols = new Symbols(library);
        CoreHeader core = new CoreHeader(symbols);
        String version = core.version();
        if (!version.startsWith(NEEDED + ".")) {
            throw new EngineException(
                    NAME,
                    "met a library of version " + version + "; needed " + NEEDED,
                    "Use the libraries of OpenVINO " + NEEDED,
                    null);
        }
        return new OpenVino(
                core,
                new ModelHeader(symbols),
                new NodeHeader(symbols),
                new CompiledModelHeader(symbols),
                new InferRequestHeader(symbols),
                new TensorHeader(symbols));
    }
}
