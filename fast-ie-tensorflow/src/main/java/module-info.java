// SPDX-License-Identifier: Apache-2.0
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.ie.tensorflow.TensorFlowEngine;
import org.jspecify.annotations.NullMarked;

/// TensorFlow as an inference engine: a plugin, which exports nothing and is found by `ServiceLoader`.
///
/// @provides org.fastpipeline.core.inference.InferenceEngine the engine `tensorflow`
@NullMarked
module org.fastpipeline.ie.tensorflow {
    requires static org.jspecify;
    requires org.fastpipeline.core;
    requires tensorflow.nativelib;

    provides InferenceEngine with
            TensorFlowEngine;
}
