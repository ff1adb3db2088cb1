// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import org.fastpipeline.core.inference.Precision;

/// An execution provider of ONNX Runtime: what computes the operations of a network. In the order in which they are
/// preferred: TensorRT spends minutes on each new model, so it is taken only where it is asked for.
enum Provider {
    /// NVIDIA's GPUs through CUDA and cuDNN.
    CUDA("CUDA", "onnxruntime_providers_cuda", "tf32"),
    /// NVIDIA's GPUs through TensorRT; what it cannot compute, CUDA does.
    TENSOR_RT("TensorRT", "onnxruntime_providers_tensorrt", "f16"),
    /// The processor.
    CPU("CPU", "", "f32");

    private final String title;
    private final String library;
    private final String fastest;

    Provider(String title, String library, String fastest) {
        this.title = title;
        this.library = library;
        this.fastest = fastest;
    }

    /// Name of its native library, without what the system puts around it; empty if it is part of the runtime.
    String library() {
        return library;
    }

    /// The numbers that it computes in if it may choose.
    String fastest() {
        return fastest;
    }

    /// The numbers that it computes in if `wanted`.
    String computes(Precision wanted) {
        return wanted == Precision.AUTO ? fastest : "f32";
    }

    /// Whether it can be kept from numbers of fewer than 32 bits. ONNX Runtime gives no way to take TF32 from TensorRT.
    boolean hasF32() {
        return this != TENSOR_RT;
    }

    /// Has `options` compute on device number `index`.
    ///
    /// @throws OrtException if its library, or one that this needs, cannot be loaded, or there is no such device
    void addTo(SessionOptions options, int index, Precision precision) throws OrtException {
        switch (this) {
            case CPU -> {}
            case CUDA -> addCuda(options, index, precision);
            case TENSOR_RT -> {
                try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(index)) {
                    tensorRt.add("trt_fp16_enable", "1");
                    options.addTensorrt(tensorRt);
                }
                addCuda(options, index, precision);
            }
        }
    }

    /// Algorithms are taken by rule and not by a race between them, so that they are the same each time.
    private static void addCuda(SessionOptions options, int index, Precision precision) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
            cuda.add("use_tf32", precision == Precision.AUTO ? "1" : "0");
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            options.addCUDA(cuda);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
