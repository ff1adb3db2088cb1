// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TensorTest {
    private static final TensorSpec SPEC = TensorSpec.of("NC", ElementType.F32, 2, 3);

    private final MemoryPool pool;
    private final Allocator memory;
    private final Tensor tensor;

    TensorTest(MemoryPool pool) {
        this.pool = pool;
        this.memory = bytes -> pool.allocate(bytes, "network");
        this.tensor = Tensor.of(SPEC, memory, 1, 2, 3, 4, 5, 6);
    }

    @AfterEach
    void everythingIsGivenBack() {
        tensor.close();
    }

    @Test
    void elementsLieRowByRow() {
        assertThat(tensor.floatAt(4)).isEqualTo(5);
        assertThat(tensor.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aTensorHasTheElementsOfItsSpec() {
        assertThat(tensor.elements().byteSize()).isEqualTo(24);
    }

    @Test
    void anElementBeyondTheLastIsRefused() {
        assertThatThrownBy(() -> tensor.floatAt(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void valuesMustBeAsManyAsTheShapeHas() {
        assertThatThrownBy(() -> Tensor.of(SPEC, memory, 1, 2))
                .isInstanceOf(WrongUseException.class)
                .hasMessage(
                        "tensor F32(N=2, C=3): met 2 floats; needed an axis or more, and as many as the shape has, in F32. "
                                + "Correct the shape");
    }

    @Test
    @Tag("behaviour-163")
    void anyNumericArrayIsCopiedToFloatsOfTheSameShape() {
        try (Tensor doubles = Tensor.of(SPEC, memory, new double[] {0.5, 1.5, 2, 3, 4, 5});
                Tensor integers = Tensor.of(SPEC, memory, new int[] {-1, 1, 2, 3, 4, 5})) {
            assertThat(doubles.spec()).isEqualTo(SPEC);
            assertThat(doubles.toFloats()).containsExactly(0.5f, 1.5f, 2, 3, 4, 5);
            assertThat(integers.toFloats()).containsExactly(-1, 1, 2, 3, 4, 5);
        }
    }

    @Test
    @Tag("behaviour-163")
    void aShapeWithoutAxesOrWithUnknownSizesIsRefused() {
        assertThatThrownBy(() -> Tensor.of(TensorSpec.of("", ElementType.F32), memory, 1))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("needed an axis or more");
        assertThatThrownBy(() -> Tensor.of(SPEC.withFirst(TensorSpec.UNKNOWN), memory, 1, 2, 3))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met an unknown size; needed all known");
    }

    @Test
    void theSameElementsMayBeDescribedAnewAndSeenAsPixels() {
        TensorSpec flat = TensorSpec.of("C", ElementType.F32, 6);
        ImageSpec pixels = ImageSpec.of(2, 1, ChannelOrder.RGB, ElementType.F32);
        try (Tensor same = tensor.retainAs(flat, Geometry.UNIT, "test");
                Image image = tensor.asImage(pixels, "test")) {
            assertThat(same.spec()).isEqualTo(flat);
            assertThat(same.address()).isEqualTo(tensor.address());
            assertThat(image.address()).isEqualTo(tensor.address());
        }
        assertThatThrownBy(() -> tensor.asImage(ImageSpec.of(7, 1, ChannelOrder.GREY, ElementType.F32), "test"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("needed no more of the same type");
    }

    @Test
    void elementsOfAnotherTypeAreNotReadAsFloats() {
        try (Tensor whole = Tensor.allocate(TensorSpec.of("C", ElementType.I32, 2), memory)) {
            assertThatThrownBy(whole::toFloats)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage("tensor I32(C=2): met a read of floats; needed elements of F32. "
                            + "Read its elements as what they are");
            assertThatThrownBy(() -> whole.floatAt(0)).isInstanceOf(WrongUseException.class);
        }
    }

    @Test
    void anEmptyBatchIsATensorToo() {
        try (Tensor empty = Tensor.of(SPEC.withFirst(0), memory)) {
            assertThat(empty.toFloats()).isEmpty();
        }
    }

    @Test
    void memoryForAnUnknownShapeIsNotTaken() {
        assertThatThrownBy(() -> Tensor.allocate(SPEC.withFirst(TensorSpec.UNKNOWN), memory))
                .isInstanceOf(WrongUseException.class);
        assertThat(pool.used()).isEqualTo(64);
    }

    @Test
    void aLeaseThatIsTooSmallIsRefused() {
        try (var lease = memory.allocate(23)) {
            assertThatThrownBy(() -> Tensor.over(lease, SPEC))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage("tensor F32(N=2, C=3): met a lease of 23 bytes; needed 24. Lease more memory");
        }
    }

    @Test
    void aPublishedTensorIsNotWritten() {
        tensor.publish();
        assertThatThrownBy(tensor::writableElements).isInstanceOf(WrongUseException.class);
    }

    @Test
    void aRetainedTensorOutlivesTheFirst() {
        try (Tensor other = tensor.retain("viewer")) {
            long address = tensor.address();
            tensor.close();
            assertThat(other.address()).isEqualTo(address);
            assertThat(other.floatAt(0)).isEqualTo(1);
        }
    }

    @Test
    void aClosedTensorIsNotRead() {
        tensor.close();
        assertThatThrownBy(() -> tensor.floatAt(0)).isInstanceOf(ReleasedException.class);
    }
}
