// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;

class ImagePyramidTest {
    private final Allocator memory;

    ImagePyramidTest(MemoryPool pool) {
        this.memory = bytes -> pool.allocate(bytes, "test");
    }

    /// Samples that follow from their place.
    static int sample(int x, int y, int channel) {
        return (x * 3 + y * 7 + channel * 50) & 0xFF;
    }

    static Image picture(ImageSpec spec, Allocator memory) {
        Image image = Image.allocate(spec, memory);
        MemorySegment pixels = image.writablePixels();
        int channels = spec.channels().channels();
        for (int y = 0; y < spec.height(); y++) {
            for (int x = 0; x < spec.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    pixels.set(ValueLayout.JAVA_BYTE, spec.offset(x, y, 0) + c, (byte) sample(x, y, c));
                }
            }
        }
        return image;
    }

    private ImagePyramid pyramid(ImageSpec spec) {
        try (Image image = picture(spec, memory)) {
            image.publish();
            return ImagePyramid.of(image, OptionalDouble.empty(), memory);
        }
    }

    private static ImageSpec colour(int width, int height) {
        return ImageSpec.of(width, height, ChannelOrder.RGB, ElementType.U8);
    }

    private static ImageSpec grey(int width, int height) {
        return ImageSpec.of(width, height, ChannelOrder.GREY, ElementType.U8);
    }

    private static int at(Image image, int x, int y, int channel) {
        return Byte.toUnsignedInt(
                image.pixels().get(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, 0) + channel));
    }

    @Test
    void aPartOfLevelZeroIsThatPartOfTheImage() {
        try (ImagePyramid pyramid = pyramid(colour(50, 40));
                Image part = pyramid.read(0, new Box(10, 20, 7, 5), memory)) {
            assertThat(at(part, 0, 0, 0)).isEqualTo(sample(10, 20, 0));
            assertThat(at(part, 6, 4, 2)).isEqualTo(sample(16, 24, 2));
            assertThat(part.spec().geometry().origin()).isEqualTo(new Vector3(10, 20, 0));
        }
    }

    @Test
    void outsideIsWhiteInColourAndZeroInOneChannel() {
        try (ImagePyramid colour = pyramid(colour(5, 4));
                ImagePyramid grey = pyramid(grey(5, 4));
                Image white = colour.read(0, new Box(-1, -1, 7, 6), memory);
                Image black = grey.read(0, new Box(4, 3, 2, 2), memory)) {
            assertThat(at(white, 0, 3, 1)).isEqualTo(255);
            assertThat(at(white, 6, 5, 2)).isEqualTo(255);
            assertThat(at(white, 1, 1, 1)).isEqualTo(sample(0, 0, 1));
            assertThat(at(black, 0, 0, 0)).isEqualTo(sample(4, 3, 0));
            assertThat(at(black, 1, 1, 0)).isZero();
        }
    }

    @Test
    void lowerLevelsOfColourAreMeansOfFourPixels() {
        try (ImagePyramid pyramid = pyramid(colour(4097, 21));
                Image part = pyramid.read(1, new Box(100, 4, 2, 3), memory)) {
            assertThat(pyramid.spec().levels()).hasSize(2);
            int sum = sample(202, 10, 1) + sample(203, 10, 1) + sample(202, 11, 1) + sample(203, 11, 1);
            assertThat(at(part, 1, 1, 1)).isEqualTo((sum + 2) / 4);
        }
    }

    @Test
    void lastPixelOfALowerLevelIsTheMeanOfWhatIsThere() {
        try (ImagePyramid pyramid = pyramid(colour(4097, 21));
                Image corner = pyramid.read(1, new Box(2048, 10, 1, 1), memory)) {
            assertThat(at(corner, 0, 0, 2)).isEqualTo(sample(4096, 20, 2));
        }
    }

    @Test
    void lowerLevelsOfOneChannelHaveNoValueThatWasNotThere() {
        try (ImagePyramid pyramid = pyramid(grey(4100, 20));
                Image part = pyramid.read(1, new Box(7, 5, 1, 1), memory)) {
            assertThat(at(part, 0, 0, 0)).isEqualTo(sample(15, 11, 0));
        }
    }

    @Test
    void betweenLevelsAPixelIsTheMeanOfExactlyWhatItCovers() {
        try (ImagePyramid pyramid = pyramid(colour(30, 20));
                Image part = pyramid.read(new Scale(0, 1.5), new Box(1, 1, 1, 1), 255, memory)) {
            // covers 1.5 to 3 along both axes: half of column and row 1, all of column and row 2
            double mean =
                    (0.25 * sample(1, 1, 0) + 0.5 * sample(2, 1, 0) + 0.5 * sample(1, 2, 0) + sample(2, 2, 0)) / 2.25;
            assertThat(at(part, 0, 0, 0)).isEqualTo((int) Math.floor(mean + 0.5));
        }
    }

    @Test
    void partsBetweenLevelsFitTogether() {
        for (ImageSpec spec : new ImageSpec[] {colour(61, 47), grey(61, 47)}) {
            Scale scale = new Scale(0, 1.7);
            try (ImagePyramid pyramid = pyramid(spec)) {
                Box all = pyramid.spec().image(scale).region().box();
                try (Image whole = pyramid.read(scale, all, 255, memory)) {
                    for (int y = 0; y < all.height(); y += 5) {
                        for (int x = 0; x < all.width(); x += 7) {
                            try (Image part = pyramid.read(scale, new Box(x, y, 7, 5), 255, memory)) {
                                assertThat(at(part, 0, 0, 0)).isEqualTo(at(whole, x, y, 0));
                                int right = Math.min(6, all.width() - 1 - x);
                                int low = Math.min(4, all.height() - 1 - y);
                                assertThat(at(part, right, low, 0)).isEqualTo(at(whole, x + right, y + low, 0));
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void aLevelThatIsNotThereIsAnErrorAndTakesNoMemory() {
        try (ImagePyramid pyramid = pyramid(grey(5, 4))) {
            assertThatThrownBy(() -> pyramid.read(1, new Box(0, 0, 1, 1), memory))
                    .isInstanceOf(InputException.class);
        }
    }

    /// Counts how often it is closed.
    private record Nothing(AtomicInteger closed) implements ImagePyramid.Reader {
        @Override
        public void read(int level, Box box, MemorySegment to, long rowStride) {}

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void whatItReadsFromIsClosedOnceWithTheLastHandle() {
        AtomicInteger closed = new AtomicInteger();
        PyramidSpec spec = PyramidSpec.halved(grey(5, 4), OptionalDouble.empty());
        ImagePyramid first = ImagePyramid.over(spec, new Nothing(closed), memory);
        ImagePyramid second = first.retainAs(spec.withMagnification(40), "viewer");
        first.close();
        first.close();

        assertThat(closed).hasValue(0);
        assertThat(second.spec().magnification()).hasValue(40);
        second.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void whatItReadsFromIsClosedIfThereIsNoMemoryForAHandle() {
        AtomicInteger closed = new AtomicInteger();
        PyramidSpec spec = PyramidSpec.halved(grey(5, 4), OptionalDouble.empty());
        try (MemoryPool tiny = new MemoryPool(1, true)) {
            assertThatThrownBy(
                            () -> ImagePyramid.over(spec, new Nothing(closed), bytes -> tiny.allocate(bytes, "test")))
                    .isInstanceOf(MemoryExhaustedException.class);
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void aClosedPyramidIsNotRead() {
        ImagePyramid pyramid = pyramid(grey(5, 4));
        pyramid.close();
        Box box = new Box(0, 0, 1, 1);

        assertThatThrownBy(() -> {
                    try (MemoryPool own = new MemoryPool(1 << 10, false)) {
                        pyramid.read(0, box, bytes -> own.allocate(bytes, "test"));
                    }
                })
                .isInstanceOf(ReleasedException.class);
    }

    @Test
    void anImageThatNoLevelsFitBesideIsGivenBack() {
        try (MemoryPool small = new MemoryPool(1 << 17, true);
                Image image = Image.allocate(grey(4096, 20), bytes -> small.allocate(bytes, "test"))) {
            image.publish();
            assertThatThrownBy(() ->
                            ImagePyramid.of(image, OptionalDouble.empty(), bytes -> small.allocate(1 << 20, "test")))
                    .isInstanceOf(MemoryExhaustedException.class);
        }
    }
}
