// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableBiMap;
import java.util.Optional;
import org.fastpipeline.core.data.ElementType;

/// Element types of core and their numbers in `ov_element_type_e`.
final class Elements {
    private static final ImmutableBiMap<ElementType, Integer> NUMBERS = ImmutableBiMap.of(
            ElementType.F32, 4,
            ElementType.F64, 5,
            ElementType.I16, 8,
            ElementType.I32, 9,
            ElementType.I64, 10,
            ElementType.U8, 16,
            ElementType.U16, 17);

    private Elements() {}

    static int number(ElementType type) {
        return NUMBERS.getOrDefault(type, 0);
    }

    static Optional<ElementType> type(int number) {
        return Optional.ofNullable(NUMBERS.inverse().get(number));
    }
}
