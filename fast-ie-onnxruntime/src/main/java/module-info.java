// SPDX-License-Identifier: Apache-2.0
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.ie.onnxruntime.OnnxRuntimeEngine;
import org.jspecify.annotations.NullMarked;

/// ONNX Runtime as an inference engine: a plugin, which exports nothing and is found by `ServiceLoader`.
///
/// @provides org.fastpipeline.core.inference.InferenceEngine the engine `onnxruntime`
@NullMarked
@SuppressWarnings("requires-automatic") // ONNX Runtime names its module, but does not describe it
module org.fastpipeline.ie.onnxruntime {
    requires static org.jspecify;
    requires com.microsoft.onnxruntime;
    requires org.fastpipeline.core;

    provides InferenceEngine with
            OnnxRuntimeEngine;
}
