// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableBiMap;
import java.util.Optional;
import org.fastpipeline.core.data.ElementType;
import org.tensorflow.internal.c_api.global.tensorflow;

/// Element types of core and TensorFlow's numbers for them.
final class Elements {
    private static final ImmutableBiMap<ElementType, Integer> NUMBERS = ImmutableBiMap.of(
            ElementType.U8, tensorflow.TF_UINT8,
            ElementType.U16, tensorflow.TF_UINT16,
            ElementType.I16, tensorflow.TF_INT16,
            ElementType.I32, tensorflow.TF_INT32,
            ElementType.I64, tensorflow.TF_INT64,
            ElementType.F32, tensorflow.TF_FLOAT,
            ElementType.F64, tensorflow.TF_DOUBLE);

    private Elements() {}

    static int number(ElementType type) {
        return NUMBERS.getOrDefault(type, 0);
    }

    static Optional<ElementType> type(int number) {
        return Optional.ofNullable(NUMBERS.inverse().get(number));
    }
}
