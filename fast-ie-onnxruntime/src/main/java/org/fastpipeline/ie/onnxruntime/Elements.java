// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;

/// Element types of core and of ONNX, and tensors of ONNX Runtime over our memory.
final class Elements {
    /// Most bytes of a tensor: its Java API counts them with an `int`, and keeps some room.
    static final long MOST_BYTES = Integer.MAX_VALUE - 64L;

    private Elements() {}

    /// The type of core; none for U16 too, which ONNX Runtime's Java API cannot make tensors of.
    static Optional<ElementType> type(OnnxTensorType type) {
        return switch (type) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(ElementType.U8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Optional.of(ElementType.I16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(ElementType.I32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(ElementType.I64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(ElementType.F32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(ElementType.F64);
            default -> Optional.empty();
        };
    }

    /// A tensor whose elements lie in `memory`, which must stay while it is in use.
    static OnnxTensor over(OrtEnvironment environment, TensorSpec spec, MemorySegment memory) throws OrtException {
        ByteBuffer bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        long[] sizes = spec.sizes().toArray();
        return switch (spec.type()) {
            case U8 -> OnnxTensor.createTensor(environment, bytes, sizes, OnnxJavaType.UINT8);
            case I16 -> OnnxTensor.createTensor(environment, bytes.asShortBuffer(), sizes, OnnxJavaType.INT16);
            case I32 -> OnnxTensor.createTensor(environment, bytes.asIntBuffer(), sizes);
            case I64 -> OnnxTensor.createTensor(environment, bytes.asLongBuffer(), sizes);
            case F32 -> OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), sizes);
            case F64 -> OnnxTensor.createTensor(environment, bytes.asDoubleBuffer(), sizes);
            case U16 -> throw new IllegalArgumentException("U16 is refused when a model is loaded");
        };
    }
}
