// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImagePartTest {
    private static final ImageSpec VOLUME = ImageSpec.volume(16, 8, 4, ChannelOrder.GREY, ElementType.U8)
            .with(Geometry.UNIT.withSpacing(new Vector3(2, 3, 5)));

    private final Allocator memory;
    private final Image volume;

    ImagePartTest(MemoryPool pool) {
        this.memory = bytes -> pool.allocate(bytes, "cut");
        this.volume = Image.allocate(VOLUME, memory);
        MemorySegment pixels = volume.writablePixels();
        for (int i = 0; i < pixels.byteSize(); i++) {
            pixels.set(ValueLayout.JAVA_BYTE, i, (byte) i);
        }
    }

    @AfterEach
    void everythingIsGivenBack() {
        volume.close();
    }

    private static byte at(Image image, int x, int y, int z) {
        return image.pixels().get(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, z));
    }

    @Test
    void aPartIsACopyInItsOwnPlace() {
        try (Image part = volume.part(new Region(3, 2, 1, 4, 5, 2), 0, memory)) {
            assertThat(part.spec().geometry().origin()).isEqualTo(new Vector3(6, 6, 5));
            assertThat(at(part, 0, 0, 0)).isEqualTo(at(volume, 3, 2, 1));
            assertThat(at(part, 3, 4, 1)).isEqualTo(at(volume, 6, 6, 2));
        }
    }

    @Test
    void whatOfAPartLiesOutsideIsTheGivenValue() {
        try (Image part = volume.part(new Region(-1, -1, -1, 18, 10, 6), 200, memory)) {
            assertThat(at(part, 0, 5, 3)).isEqualTo((byte) 200);
            assertThat(at(part, 17, 5, 3)).isEqualTo((byte) 200);
            assertThat(at(part, 5, 9, 3)).isEqualTo((byte) 200);
            assertThat(at(part, 5, 5, 5)).isEqualTo((byte) 200);
            assertThat(at(part, 1, 1, 1)).isEqualTo(at(volume, 0, 0, 0));
            assertThat(at(part, 16, 8, 4)).isEqualTo(at(volume, 15, 7, 3));
        }
    }

    @Test
    void aPartWhollyOutsideIsTheGivenValue() {
        try (Image part = volume.part(new Region(100, 0, 0, 2, 1, 1), 7, memory)) {
            assertThat(part.pixels().toArray(ValueLayout.JAVA_BYTE)).containsExactly(7, 7);
        }
    }

    @Test
    void slabIsShownWhereItLies() {
        try (Image slab = volume.view(new Region(0, 0, 2, 16, 8, 2), "viewer").orElseThrow()) {
            assertThat(slab.address() - volume.address()).isEqualTo(256);
            assertThat(at(slab, 5, 4, 1)).isEqualTo(at(volume, 5, 4, 3));
            assertThat(slab.spec().geometry().origin()).isEqualTo(new Vector3(0, 0, 10));
        }
    }

    @Test
    void viewOfAViewAndItsRetainedHandlesShowTheSamePlace() {
        try (Image slab = volume.view(new Region(0, 0, 1, 16, 8, 3), "viewer").orElseThrow();
                Image slice = slab.view(new Region(0, 4, 1, 16, 4, 1), "viewer").orElseThrow();
                Image again = slice.retain("other");
                Image flat = slice.retainAs(ImageSpec.of(64, 1, ChannelOrder.GREY, ElementType.U8), "other")) {
            assertThat(slice.address() - volume.address()).isEqualTo(128 + 128 + 64);
            assertThat(again.address()).isEqualTo(slice.address());
            assertThat(flat.address()).isEqualTo(slice.address());
        }
    }

    @Test
    void whatDoesNotLieInOnePieceIsNotShownInPlace() {
        assertThat(volume.view(new Region(0, 0, 0, 15, 8, 1), "viewer")).isEmpty();
        assertThat(volume.view(new Region(0, 0, 0, 16, 7, 2), "viewer")).isEmpty();
        assertThat(volume.view(new Region(0, 0, 2, 16, 8, 3), "viewer")).isEmpty();
        assertThat(volume.view(new Region(0, 1, 0, 16, 4, 1), "viewer"))
                .as("not aligned")
                .isEmpty();
    }

    @Test
    void viewWantsNoMoreMemoryThanThereIs() {
        try (Image slice = volume.view(new Region(0, 0, 3, 16, 8, 1), "viewer").orElseThrow()) {
            assertThatThrownBy(() -> slice.retainAs(ImageSpec.of(129, 1, ChannelOrder.GREY, ElementType.U8), "other"))
                    .isInstanceOf(WrongUseException.class);
        }
    }

    @Test
    void pixelsOfAnotherKindAreNotPasted() {
        try (Image wide = Image.allocate(ImageSpec.of(4, 4, ChannelOrder.GREY, ElementType.U16), memory)) {
            assertThatThrownBy(() -> volume.paste(wide, wide.spec().region(), 0, 0, 0))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met pixels of image 4 x 4 GREY U16; needed the same kind");
        }
    }

    @Test
    void whatDoesNotFitIsNotPasted() {
        try (Image small = Image.allocate(ImageSpec.of(4, 4, ChannelOrder.GREY, ElementType.U8), memory)) {
            assertThatThrownBy(() -> volume.paste(small, small.spec().region(), 13, 0, 0))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("needed both inside");
            assertThatThrownBy(() -> volume.paste(small, new Region(1, 0, 0, 4, 4, 1), 0, 0, 0))
                    .isInstanceOf(WrongUseException.class);
        }
    }

    @Test
    void whatIsMadeInSeveralStepsIsHandedOverAndStillWritten() {
        Image begun = Image.allocate(VOLUME, memory);
        try (Image kept = begun.handOver("stitcher")) {
            begun.close();
            kept.fill(3);
            assertThat(at(kept, 1, 1, 1)).isEqualTo((byte) 3);
            kept.publish();
            assertThatThrownBy(kept::writablePixels).isInstanceOf(WrongUseException.class);
        }
    }

    @Test
    void whatWasSharedIsHandedOverReadOnly() {
        try (Image shared = volume.retain("viewer");
                Image other = shared.handOver("another")) {
            assertThatThrownBy(other::writablePixels).isInstanceOf(WrongUseException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void samplesOfEveryTypeAreFilledRoundedAndLimited(ElementType type) {
        try (Image image = Image.allocate(ImageSpec.of(5, 3, ChannelOrder.RGB, type), memory)) {
            image.fill(99.5);
            boolean whole = type != ElementType.F32 && type != ElementType.F64;
            long last = image.spec().bytes() - type.bytes();
            assertThat(Samples.get(image.pixels(), type, last)).isEqualTo(whole ? 100 : 99.5);
            image.fill(-1e30);
            assertThat(Samples.get(image.pixels(), type, last)).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void blankIsWhiteInColourAndZeroInOneChannel() {
        assertThat(ImageSpec.of(1, 1, ChannelOrder.GREY, ElementType.U8).blank())
                .isZero();
        assertThat(ImageSpec.of(1, 1, ChannelOrder.RGB, ElementType.U8).blank()).isEqualTo(255);
        assertThat(ImageSpec.of(1, 1, ChannelOrder.BGR, ElementType.U16).blank())
                .isEqualTo(65_535);
        assertThat(ImageSpec.of(1, 1, ChannelOrder.RGBA, ElementType.I16).blank())
                .isEqualTo(32_767);
        assertThat(ImageSpec.of(1, 1, ChannelOrder.RGB, ElementType.F32).blank())
                .isEqualTo(1);
    }
}
