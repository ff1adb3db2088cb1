// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

/// How a model is stored.
public enum ModelFormat {
    /// A TensorFlow SavedModel folder.
    SAVED_MODEL,
    /// A TensorFlow graph with constants for weights, one `.pb` file.
    FROZEN_GRAPH,
    /// ONNX, one `.onnx` file.
    ONNX,
    /// OpenVINO's `.xml` with its `.bin`.
    OPENVINO_IR,
    /// TensorFlow Lite, one `.tflite` file.
    TFLITE
}
