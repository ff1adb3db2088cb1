// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyramidBuilderTest {
    private final Allocator memory;

    @TempDir
    private Path folder;

    PyramidBuilderTest(MemoryPool pool) {
        this.memory = bytes -> pool.allocate(bytes, "test");
    }

    @AfterEach
    void everythingIsGivenBack() {
        assertThat(folder).isEmptyDirectory();
    }

    private PyramidBuilder builder(int width, int height, ChannelOrder channels) {
        return new PyramidBuilder(ImageSpec.of(width, height, channels, ElementType.U8), OptionalDouble.of(20), folder);
    }

    private static byte[] bytes(Image image) {
        return image.pixels().toArray(ValueLayout.JAVA_BYTE);
    }

    private void assertSame(ImagePyramid one, ImagePyramid other, int level, Box box) {
        try (Image left = one.read(level, box, memory);
                Image right = other.read(level, box, memory)) {
            assertThat(bytes(left)).as("level %d, %s", level, box).isEqualTo(bytes(right));
            assertThat(left.spec()).isEqualTo(right.spec());
        }
    }

    @Test
    void whatIsWrittenInPiecesOfAnySizeIsReadOnAllLevelsAsFromMemory() {
        long seed = 4711;
        Random random = new Random(seed);
        ImageSpec spec = ImageSpec.of(4500, 700, ChannelOrder.RGB, ElementType.U8);
        try (Image image = ImagePyramidTest.picture(spec, memory);
                PyramidBuilder builder = builder(4500, 700, ChannelOrder.RGB)) {
            image.publish();
            for (int y = 0; y < 700; y += 190) {
                for (int x = 0; x < 4500; ) {
                    int width = Math.min(4500 - x, 1 + random.nextInt(600));
                    builder.write(image, new Box(x, y, width, Math.min(190, 700 - y)), x, y);
                    x += width;
                }
            }
            try (ImagePyramid written = builder.pyramid(memory);
                    ImagePyramid inMemory = ImagePyramid.of(image, OptionalDouble.of(20), memory)) {
                assertThat(written.spec()).isEqualTo(inMemory.spec());
                assertSame(written, inMemory, 0, new Box(0, 0, 4500, 700));
                assertSame(written, inMemory, 1, new Box(0, 0, 2250, 350));
                assertSame(written, inMemory, 0, new Box(4400, 600, 200, 200));
            }
        }
    }

    @Test
    void whatIsNotWrittenIsWhiteInColourAndZeroInOneChannel() {
        for (ChannelOrder channels : List.of(ChannelOrder.RGB, ChannelOrder.GREY)) {
            byte blank = (byte) (channels == ChannelOrder.GREY ? 0 : 255);
            ImageSpec spot = ImageSpec.of(1, 1, channels, ElementType.U8);
            try (PyramidBuilder builder = builder(5000, 600, channels);
                    Image image = Image.allocate(spot, memory)) {
                image.fill(100);
                builder.write(image, new Box(0, 0, 1, 1), 300, 300);
                try (ImagePyramid pyramid = builder.pyramid(memory);
                        Image near = pyramid.read(0, new Box(299, 300, 3, 1), memory);
                        Image far = pyramid.read(0, new Box(4999, 0, 1, 1), memory);
                        Image low = pyramid.read(1, new Box(2400, 100, 1, 1), memory)) {
                    int size = channels.channels();
                    assertThat(bytes(near)[0]).isEqualTo(blank);
                    assertThat(bytes(near)[size]).isEqualTo((byte) 100);
                    assertThat(bytes(near)[2 * size]).isEqualTo(blank);
                    assertThat(bytes(far)[0]).isEqualTo(blank);
                    assertThat(bytes(low)[0]).isEqualTo(blank);
                }
            }
        }
    }

    @Test
    void aPyramidStaysAsItIsWhenMoreIsWritten() {
        ImageSpec spec = ImageSpec.of(4200, 300, ChannelOrder.RGB, ElementType.U8);
        List<ImagePyramid> stages = new ArrayList<>();
        try (PyramidBuilder builder = builder(4200, 300, ChannelOrder.RGB);
                Image image = Image.allocate(spec, memory)) {
            for (int stage = 0; stage < 4; stage++) {
                image.fill(50 * stage);
                // a part of the same tiles each time, and of new ones
                builder.write(image, new Box(0, 0, 1000 * (stage + 1), 300), 0, 0);
                stages.add(builder.pyramid(memory));
            }
        }
        for (int stage = 0; stage < 4; stage++) {
            try (ImagePyramid pyramid = stages.get(stage)) {
                for (int level = 0; level < 2; level++) {
                    int written = (1000 * (stage + 1)) >> level;
                    assertThat(sample(pyramid, level, 0)).isEqualTo(50 * stage);
                    assertThat(sample(pyramid, level, written - 1)).isEqualTo(50 * stage);
                    assertThat(sample(pyramid, level, written)).isEqualTo(255);
                }
            }
        }
    }

    private int sample(ImagePyramid pyramid, int level, int x) {
        try (Image pixel = pyramid.read(level, new Box(x, 0, 1, 1), memory)) {
            return Byte.toUnsignedInt(bytes(pixel)[0]);
        }
    }

    @Test
    void aPyramidOutlivesItsBuilder() {
        PyramidBuilder builder = builder(300, 300, ChannelOrder.GREY);
        try (Image image = Image.allocate(ImageSpec.of(300, 300, ChannelOrder.GREY, ElementType.U8), memory)) {
            image.fill(9);
            builder.write(image, new Box(0, 0, 300, 300), 0, 0);
        }
        try (ImagePyramid pyramid = builder.pyramid(memory)) {
            builder.close();
            builder.close();
            try (Image pixel = pyramid.read(0, new Box(299, 299, 1, 1), memory)) {
                assertThat(bytes(pixel)).containsExactly(9);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (PyramidBuilder builder = builder(300, 300, ChannelOrder.GREY);
                Image colour = Image.allocate(ImageSpec.of(3, 3, ChannelOrder.RGB, ElementType.U8), memory);
                Image grey = Image.allocate(ImageSpec.of(3, 3, ChannelOrder.GREY, ElementType.U8), memory)) {
            assertThatThrownBy(() -> builder.write(colour, new Box(0, 0, 3, 3), 0, 0))
                    .isInstanceOf(WrongUseException.class);
            assertThatThrownBy(() -> builder.write(grey, new Box(0, 0, 3, 3), 298, 0))
                    .isInstanceOf(WrongUseException.class);
            assertThatThrownBy(() -> builder.write(grey, new Box(0, 0, 4, 3), 0, 0))
                    .isInstanceOf(WrongUseException.class);
        }
    }

    @Test
    void aClosedBuilderIsRefused() {
        PyramidBuilder builder = builder(300, 300, ChannelOrder.GREY);
        builder.close();
        try (Image grey = Image.allocate(ImageSpec.of(3, 3, ChannelOrder.GREY, ElementType.U8), memory)) {
            assertThatThrownBy(() -> builder.write(grey, new Box(0, 0, 3, 3), 0, 0))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("after it was closed");
            assertThatThrownBy(() -> builder.pyramid(memory)).isInstanceOf(WrongUseException.class);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() {
        assertThatThrownBy(() -> new PyramidBuilder(
                        ImageSpec.of(3, 3, ChannelOrder.GREY, ElementType.U8),
                        OptionalDouble.empty(),
                        folder.resolve("missing")))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("missing: a temporary file for image tiles cannot be written");
    }
}
