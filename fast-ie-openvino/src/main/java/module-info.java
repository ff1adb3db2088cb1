// SPDX-License-Identifier: Apache-2.0
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.ie.openvino.OpenVinoEngine;
import org.jspecify.annotations.NullMarked;

/// OpenVINO as an inference engine, a plugin found by `ServiceLoader`, and its C API for those who want more of it.
///
/// @provides org.fastpipeline.core.inference.InferenceEngine the engine `openvino`
@NullMarked
module org.fastpipeline.ie.openvino {
    requires static org.jspecify;
    requires transitive org.fastpipeline.core;

    exports org.fastpipeline.ie.openvino.binding;

    provides InferenceEngine with
            OpenVinoEngine;
}
