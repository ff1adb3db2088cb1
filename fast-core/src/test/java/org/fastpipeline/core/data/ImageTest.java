// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageTest {
    private static final ImageSpec SPEC = ImageSpec.of(4, 3, ChannelOrder.GREY, ElementType.U8);

    private final MemoryPool pool;
    private final Allocator memory;
    private final Image image;

    ImageTest(MemoryPool pool) {
        this.pool = pool;
        this.memory = bytes -> pool.allocate(bytes, "blur");
        this.image = Image.allocate(SPEC, memory);
    }

    @AfterEach
    void everythingIsGivenBack() {
        image.close();
    }

    @Test
    void anImageHasThePixelsOfItsSpec() {
        assertThat(image.pixels().byteSize()).isEqualTo(12);
        assertThat(image.writablePixels().byteSize()).isEqualTo(12);
    }

    @Test
    void whatIsWrittenToAPixelIsReadThere() {
        image.writablePixels().set(ValueLayout.JAVA_BYTE, SPEC.offset(3, 2, 0), (byte) 9);
        assertThat(image.pixels().get(ValueLayout.JAVA_BYTE, 11)).isEqualTo((byte) 9);
    }

    @Test
    void pixelsAreReadOnlyOnceTheImageIsPublished() {
        image.publish();
        assertThat(image.pixels().isReadOnly()).isTrue();
        assertThatThrownBy(image::writablePixels).isInstanceOf(WrongUseException.class);
    }

    @Test
    void aRetainedImageIsTheSameMemory() {
        try (Image other = image.retain("viewer")) {
            assertThat(other.address()).isEqualTo(image.address());
            assertThat(other.spec()).isEqualTo(SPEC);
        }
    }

    @Test
    void aRetainedImageOutlivesTheFirst() {
        image.writablePixels().fill((byte) 5);
        try (Image other = image.retain("viewer")) {
            image.close();
            assertThat(other.pixels().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 5);
        }
    }

    @Test
    void theSamePixelsCanBeDescribedAnew() {
        ImageSpec flat = ImageSpec.of(12, 1, ChannelOrder.GREY, ElementType.U8);
        try (Image other = image.retainAs(flat, "viewer")) {
            assertThat(other.spec()).isEqualTo(flat);
            assertThat(other.address()).isEqualTo(image.address());
        }
    }

    @Test
    void aDescriptionThatNeedsMoreMemoryIsRefusedAndHoldsNothing() {
        ImageSpec larger = ImageSpec.of(13, 1, ChannelOrder.GREY, ElementType.U8);
        assertThatThrownBy(() -> image.retainAs(larger, "viewer"))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("image 13 x 1 GREY U8: met a lease of 12 bytes; needed 13. Lease more memory");
        image.close();
        assertThat(pool.used()).isZero();
    }

    @Test
    void anImageTakesALeaseOver() {
        Image over = Image.over(memory.allocate(100), SPEC);
        over.close();
        assertThat(pool.used()).isEqualTo(64);
    }

    @Test
    void aLeaseThatIsTooSmallIsRefused() {
        try (var lease = memory.allocate(11)) {
            assertThatThrownBy(() -> Image.over(lease, SPEC))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage("image 4 x 3 GREY U8: met a lease of 11 bytes; needed 12. Lease more memory");
        }
    }

    @Test
    void aClosedImageIsNotRead() {
        image.close();
        assertThatThrownBy(image::pixels).isInstanceOf(ReleasedException.class);
        assertThatThrownBy(image::address).isInstanceOf(ReleasedException.class);
    }

    @Test
    void aClosedImageStillSaysWhatItWas() {
        image.close();
        assertThat(image).hasToString("image 4 x 3 GREY U8");
        assertThat(image.width()).isEqualTo(4);
        assertThat(image.height()).isEqualTo(3);
    }
}
