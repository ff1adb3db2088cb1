// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PreprocessingTest {
    @Test
    void clipComesFirstThenMeanAndStdThenScaleThenSign() {
        Preprocessing all = new Preprocessing(-100, 200, 50, 10, 0.5, true);
        assertThat(all.apply(70)).isEqualTo((70 - 50) / 10.0 * 0.5 * 2 - 1);
        assertThat(all.apply(1000)).isEqualTo((200 - 50) / 10.0 * 0.5 * 2 - 1);
        assertThat(all.apply(-1000)).isEqualTo((-100 - 50) / 10.0 * 0.5 * 2 - 1);
        assertThat(new Preprocessing(0, 10, 4, 2, 3, false).apply(8)).isEqualTo(6);
    }

    @Test
    void noneLeavesValuesAsTheyAre() {
        assertThat(Preprocessing.NONE.apply(-1e30)).isEqualTo(-1e30);
        assertThat(Preprocessing.NONE.isNone()).isTrue();
        assertThat(new Preprocessing(0, 1, 0, 1, 1, false).isNone()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void elementsOfAnyTypeBecomeF32(ElementType type) {
        Preprocessing halve = new Preprocessing(0, 100, 0, 1, 0.5, false);
        try (MemoryPool pool = new MemoryPool(1 << 20, true)) {
            Allocator memory = bytes -> pool.allocate(bytes, "test");
            try (Tensor input = Tensor.allocate(TensorSpec.of("HW", type, 1, 3), memory)) {
                for (int i = 0; i < 3; i++) {
                    write(input.writableElements(), type, i, 60 * i);
                }
                try (Tensor result = halve.apply(input, memory)) {
                    assertThat(result.spec()).isEqualTo(TensorSpec.of("HW", ElementType.F32, 1, 3));
                    assertThat(result.toFloats()).containsExactly(0, 30, 50);
                }
            }
        }
    }

    private static void write(MemorySegment to, ElementType type, int at, int value) {
        switch (type) {
            case U8 -> to.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case U16, I16 -> to.setAtIndex(ValueLayout.JAVA_SHORT, at, (short) value);
            case I32 -> to.setAtIndex(ValueLayout.JAVA_INT, at, value);
            case I64 -> to.setAtIndex(ValueLayout.JAVA_LONG, at, value);
            case F32 -> to.setAtIndex(ValueLayout.JAVA_FLOAT, at, value);
            case F64 -> to.setAtIndex(ValueLayout.JAVA_DOUBLE, at, value);
        }
    }

    @Test
    void unsignedTypesAreReadUnsigned() {
        try (MemoryPool pool = new MemoryPool(1 << 20, true)) {
            Allocator memory = bytes -> pool.allocate(bytes, "test");
            try (Tensor input = Tensor.allocate(TensorSpec.of("C", ElementType.U8, 1), memory)) {
                input.writableElements().set(ValueLayout.JAVA_BYTE, 0, (byte) 255);
                try (Tensor result = Preprocessing.NONE.apply(input, memory)) {
                    assertThat(result.floatAt(0)).isEqualTo(255);
                }
            }
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Preprocessing(0, 0, 0, 1, 1, false)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> new Preprocessing(0, 1, 0, 0, 1, false)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> new Preprocessing(0, 1, Double.NaN, 1, 1, false))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("mean NaN");
    }
}
