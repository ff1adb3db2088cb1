// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

/// An inference engine, as a plugin provides it through `ServiceLoader`.
///
/// An engine has no state of its own; everything is thread-safe.
public interface InferenceEngine {
    /// Name by which users choose it, such as `tensorflow`; lower case, unique.
    String name();

    /// Whether the engine can work here. Cheap: it loads no native library that is not loaded yet unless it must,
    /// and never uses the network.
    Availability probe();

    /// Loads a model from its files, or from memory, which [ModelSource#path] refuses where the engine cannot.
    /// [Engines] has looked at an ONNX model before: what it names lies beside it.
    ///
    /// @return the model; the caller closes it
    /// @throws org.fastpipeline.core.error.ModelException if the model cannot be read or does not fit
    /// @throws org.fastpipeline.core.error.EngineException if the engine itself fails
    Model load(ModelSource source, EngineOptions options);
}
