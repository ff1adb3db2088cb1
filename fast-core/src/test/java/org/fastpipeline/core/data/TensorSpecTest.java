// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fastpipeline.core.data.TensorSpec.UNKNOWN;

import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;

class TensorSpecTest {
    private static final TensorSpec BATCH = TensorSpec.of("NHWC", ElementType.F32, 8, 50, 40, 3);
    private static final TensorSpec ANY_BATCH = TensorSpec.of("NHWC", ElementType.F32, UNKNOWN, 50, 40, 3);

    @Test
    void eachLetterNamesAnAxis() {
        assertThat(BATCH.axes()).containsExactly(Axis.N, Axis.H, Axis.W, Axis.C);
    }

    @Test
    void aLetterThatNamesNoAxisIsRefused() {
        assertThatThrownBy(() -> TensorSpec.of("NX", ElementType.F32, 1, 2))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("tensor: met axes 'NX'; needed letters of N, T, D, H, W, C. Correct the letters");
    }

    @Test
    void sizesAreFoundByAxis() {
        assertThat(BATCH.size(Axis.W)).isEqualTo(40);
    }

    @Test
    void anAxisThatIsNotThereHasSizeOne() {
        assertThat(BATCH.size(Axis.D)).isEqualTo(1);
    }

    @Test
    void elementsAreTheProductOfTheSizes() {
        assertThat(BATCH.elements()).isEqualTo(8L * 50 * 40 * 3);
        assertThat(BATCH.bytes()).isEqualTo(4L * 8 * 50 * 40 * 3);
    }

    @Test
    void aTensorWithoutAxesHasOneElement() {
        assertThat(TensorSpec.of("", ElementType.F64).bytes()).isEqualTo(8);
    }

    @Test
    void anEmptyBatchHasNoElements() {
        assertThat(BATCH.withFirst(0).elements()).isZero();
    }

    @Test
    void sizesPastTwoGibibytesAreCountedRight() {
        assertThat(TensorSpec.of("DHW", ElementType.F32, 1024, 2048, 2048).bytes())
                .isEqualTo(16L << 30);
    }

    @Test
    void aTensorIsKnownOnceAllSizesAre() {
        assertThat(BATCH.isKnown()).isTrue();
        assertThat(ANY_BATCH.isKnown()).isFalse();
    }

    @Test
    void elementsOfAnUnknownSizeAreNotCounted() {
        assertThatThrownBy(ANY_BATCH::elements)
                .isInstanceOf(WrongUseException.class)
                .hasMessage("tensor F32(N=?, H=50, W=40, C=3): met an unknown size; needed all known. "
                        + "Fix the shape first");
    }

    @Test
    void eachAxisNeedsASize() {
        assertThatThrownBy(() -> TensorSpec.of("NC", ElementType.F32, 1, 2, 3))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("tensor: met 3 sizes for axes [N, C]; needed one each. Name each dimension");
    }

    @Test
    void negativeSizesAreRefused() {
        assertThatThrownBy(() -> TensorSpec.of("NC", ElementType.F32, 1, -2))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("tensor: met sizes [1, -2]; needed 0 or more, or UNKNOWN. Correct the sizes");
    }

    @Test
    void theFirstAxisCanBeGivenAnotherSize() {
        assertThat(ANY_BATCH.withFirst(8)).isEqualTo(BATCH);
    }

    @Test
    void withoutAxesThereIsNoFirst() {
        assertThatThrownBy(() -> TensorSpec.of("", ElementType.F32).withFirst(2))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("tensor F32(): met no axes; needed a first one. Name the batch axis");
    }

    @Test
    void anUnknownSizeAcceptsAnySize() {
        assertThat(ANY_BATCH.accepts(BATCH)).isTrue();
        assertThat(ANY_BATCH.accepts(BATCH.withFirst(0))).isTrue();
    }

    @Test
    void aKnownSizeAcceptsThatSizeOnly() {
        assertThat(BATCH.accepts(BATCH)).isTrue();
        assertThat(BATCH.accepts(BATCH.withFirst(9))).isFalse();
        assertThat(BATCH.accepts(ANY_BATCH)).isFalse();
    }

    @Test
    void anotherElementTypeIsNotAccepted() {
        assertThat(ANY_BATCH.accepts(TensorSpec.of("NHWC", ElementType.U8, 8, 50, 40, 3)))
                .isFalse();
    }

    @Test
    void anotherOrderOfAxesIsNotAccepted() {
        assertThat(TensorSpec.of("NHW", ElementType.F32, 2, 2, 2)
                        .accepts(TensorSpec.of("NWH", ElementType.F32, 2, 2, 2)))
                .isFalse();
    }

    @Test
    void anotherRankIsNotAccepted() {
        assertThat(ANY_BATCH.accepts(TensorSpec.of("HWC", ElementType.F32, 50, 40, 3)))
                .isFalse();
    }

    @Test
    void inWordsItIsTypeAndNamedSizes() {
        assertThat(ANY_BATCH).hasToString("F32(N=?, H=50, W=40, C=3)");
    }
}
