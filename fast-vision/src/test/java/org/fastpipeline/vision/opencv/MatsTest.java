// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;

class MatsTest {
    private final MemoryPool pool;

    MatsTest(MemoryPool pool) {
        this.pool = pool;
    }

    private Image image(ChannelOrder channels, ElementType type) {
        return Image.allocate(ImageSpec.of(5, 4, channels, type), bytes -> pool.allocate(bytes, "test"));
    }

    @Test
    void matIsAViewOfTheImageAndNoCopy() {
        try (Image image = image(ChannelOrder.BGR, ElementType.U8);
                Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
            Mat mat = mats.write(image);
            mat.put(new Scalar(1, 2, 3, 0));

            assertThat(mat.data().address()).isEqualTo(image.address());
            assertThat(image.pixels().get(ValueLayout.JAVA_BYTE, image.spec().offset(4, 3, 0) + 2))
                    .isEqualTo((byte) 3);
        }
    }

    @Test
    void rowsKeepTheirStride() {
        ImageSpec padded = new ImageSpec(5, 4, 1, ChannelOrder.GREY, ElementType.U16, 16, 64, Geometry.UNIT, 1, 0);
        try (Image image = Image.allocate(padded, bytes -> pool.allocate(bytes, "test"));
                Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
            image.writablePixels().fill((byte) 0);
            mats.write(image).put(new Scalar(7, 0, 0, 0));

            assertThat(image.pixels().get(ValueLayout.JAVA_SHORT, padded.offset(4, 3, 0)))
                    .isEqualTo((short) 7);
            assertThat(image.pixels().get(ValueLayout.JAVA_SHORT, padded.offset(4, 3, 0) + 2))
                    .isZero();
        }
    }

    @Test
    void resultThatOpenCvPutsElsewhereIsAnError() {
        try (Image from = image(ChannelOrder.BGR, ElementType.U8);
                Image tooSmall = image(ChannelOrder.GREY, ElementType.U8)) {
            assertThatThrownBy(() -> {
                        try (Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
                            opencv_imgproc.blur(mats.read(from), mats.write(tooSmall), new Size(3, 3));
                        }
                    })
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage(
                            "OpenCV: met a result in memory that OpenCV took by itself; needed it in image 5 x 4 GREY U8."
                                    + " Allocate the output with the size and type that the call makes");
        }
    }

    @Test
    void typesOfAllElementsAndChannelsAreMapped() {
        assertThat(Mats.type(ImageSpec.of(1, 1, ChannelOrder.GREY, ElementType.U16)))
                .isEqualTo(opencv_core.CV_16UC1);
        assertThat(Mats.type(ImageSpec.of(1, 1, ChannelOrder.RGBA, ElementType.U8)))
                .isEqualTo(opencv_core.CV_8UC4);
        assertThat(Mats.type(ImageSpec.of(1, 1, ChannelOrder.RGB, ElementType.F32)))
                .isEqualTo(opencv_core.CV_32FC3);
        assertThatThrownBy(() -> Mats.type(ImageSpec.of(1, 1, ChannelOrder.GREY, ElementType.I64)))
                .hasMessageContaining("met elements of type I64");
    }

    @Test
    void volumesAreRefused() {
        try (Image volume = Image.allocate(
                        ImageSpec.volume(2, 2, 3, ChannelOrder.GREY, ElementType.U8),
                        bytes -> pool.allocate(bytes, "test"));
                Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
            assertThatThrownBy(() -> mats.read(volume)).hasMessageContaining("needed a 2-D image");
        }
    }

    @Test
    void closingGivesScratchMemoryAndNativeObjectsBack() {
        try (Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
            mats.scratch(10, 10, opencv_core.CV_32FC3);
        }
        long before = Pointer.totalCount();
        try (Mats mats = new Mats(bytes -> pool.allocate(bytes, "test"))) {
            Mat own = new Mat(100, 100, opencv_core.CV_8UC1);
            opencv_imgproc.blur(own, mats.scratch(100, 100, opencv_core.CV_8UC1).mat(), new Size(3, 3));
            assertThat(pool.used()).isGreaterThanOrEqualTo(10_000);
        }
        assertThat(pool.used()).isZero();
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    @Test
    void openCvUsesOneThreadUnlessToldOtherwise() {
        OpenCv.prepare();
        assertThat(opencv_core.getNumThreads()).isEqualTo(1);

        OpenCv.use(2);
        assertThat(opencv_core.getNumThreads()).isEqualTo(2);
        OpenCv.use(1);
        assertThat(opencv_core.getNumThreads()).isEqualTo(1);
    }
}
