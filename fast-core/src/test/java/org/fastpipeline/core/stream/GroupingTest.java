// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Frame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Groups of frames and windows over them. Runs are validated, so they fail if a group changes or keeps a pixel.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GroupingTest {
    private static final ImageSpec SPEC = ImageSpec.of(3, 2, ChannelOrder.GREY, ElementType.U8);

    /// Images of one grey each, that of their place.
    private static GeneratorStreamer<Image> images(long count) {
        return new GeneratorStreamer<>(Image.class, count, (place, step) -> {
            Image image = Image.allocate(SPEC, step.memory());
            image.writablePixels().fill((byte) place);
            return image;
        });
    }

    private static String greys(Frame frame, Out<Images> port) {
        StringBuilder greys = new StringBuilder();
        frame.get(port).images().forEach(image -> greys.append(image.pixels().get(ValueLayout.JAVA_BYTE, 0)));
        return greys.toString();
    }

    private static List<String> grouped(int frames, int size) {
        Group<Image, Images> group = new Group<>(Image.class, size, Images.class, Images::of);
        group.frames.from(images(frames).value);
        return Runs.all(frame -> greys(frame, group.group), group.group);
    }

    private static List<String> windows(int frames, int size, int stride) {
        SlidingWindow<Image, Images> window = new SlidingWindow<>(Image.class, size, stride, Images.class, Images::of);
        window.frames.from(images(frames).value);
        return Runs.all(frame -> greys(frame, window.window), window.window);
    }

    @Test
    @Tag("behaviour-116")
    void tenFramesInGroupsOfFourMakeTwoWholeGroupsAndASmallerOne() {
        assertThat(grouped(10, 4)).containsExactly("0123", "4567", "89");
        assertThat(grouped(8, 4)).containsExactly("0123", "4567");
        assertThat(grouped(0, 4)).isEmpty();
    }

    /// How far the stream is, and that a group is the last one, is told by the metadata of its last frame.
    @Test
    @Tag("behaviour-116")
    void groupTellsHowFarTheStreamIs() {
        Group<Image, Images> group = new Group<>(Image.class, 4, Images.class, Images::of);
        group.frames.from(images(10).value);
        assertThat(Runs.all(
                        frame -> {
                            Metadata metadata = frame.metadata(group.group);
                            return 1 + metadata.get(Metadata.INDEX).orElseThrow() + " of "
                                    + metadata.get(Metadata.COUNT).orElseThrow();
                        },
                        group.group))
                .containsExactly("4 of 10", "8 of 10", "10 of 10");
    }

    @Test
    @Tag("behaviour-117")
    void groupsAndWindowsOfNoFrameAreRejected() {
        assertThatThrownBy(() -> new Group<>(Image.class, 0, Images.class, Images::of))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("group.size: met 0; needed 1 or more");
        assertThatThrownBy(() -> new SlidingWindow<>(Image.class, -1, Images.class, Images::of))
                .hasMessageContaining("slidingWindow.size: met -1; needed 1 or more");
        assertThatThrownBy(() -> new SlidingWindow<>(Image.class, 1, 0, Images.class, Images::of))
                .hasMessageContaining("slidingWindow.stride: met 0; needed 1 or more");
    }

    /// The kind of a group is its type, so asking for another kind does not compile.
    @Test
    @Tag("behaviour-117")
    void groupHasAKindOfItsOwnAndNoImagesMakeAnEmptyOne() {
        Group<Long, String> group = new Group<>(Long.class, 2, String.class, List::toString);
        group.frames.from(new ValueStreamer<>(Long.class, List.of(1L, 2L, 3L)).value);
        assertThat(Runs.values(group.group)).containsExactly("[1, 2]", "[3]");
        try (Images none = Images.of(List.of())) {
            assertThat(none.images()).isEmpty();
        }
    }

    @Test
    void imagesAreHeldAsOneWithoutACopy() {
        try (MemoryPool pool = new MemoryPool(1 << 20, true)) {
            Image image = Image.allocate(SPEC, bytes -> pool.allocate(bytes, "test"));
            image.publish();
            Images images = Images.of(List.of(image, image));
            Images again = images.retain("another holder");
            long used = pool.used();
            image.close();
            images.close();
            assertThat(pool.used()).isEqualTo(used);
            assertThatThrownBy(() -> images.images().getFirst().pixels()).isInstanceOf(ReleasedException.class);
            assertThat(again.images()).hasSize(2).allMatch(one -> one.pixels().byteSize() == 6);
            assertThat(again).hasToString("2 images").returns(2, Images::size);
            again.close();
            assertThat(pool.used()).isZero();
        }
    }

    @Test
    @Tag("behaviour-118")
    void windowBeginsWithTheFirstFrameOverAndOverAndSlidesNewestLast() {
        assertThat(windows(5, 3, 1)).containsExactly("000", "001", "012", "123", "234");
    }

    @Test
    void windowMovesByItsStride() {
        assertThat(windows(6, 3, 2)).containsExactly("000", "012", "234");
        assertThat(windows(6, 2, 4)).containsExactly("00", "34");
        assertThat(windows(0, 2, 1)).isEmpty();
    }

    @Test
    void groupWithAFailedFrameFailsAndTheOthersCome() {
        Mapping<Long, Long> failing = new Mapping<>(Long.class, Long.class, i -> 10 / (i - 1));
        failing.input.from(new ValueStreamer<>(Long.class, List.of(0L, 1L, 2L, 3L, 4L)).value);
        Group<Long, String> group = new Group<>(Long.class, 2, String.class, List::toString);
        group.frames.from(failing.output);
        assertThat(Runs.values(group.group)).containsExactly("failed: / by zero", "[10, 5]", "[3]");

        SlidingWindow<Long, String> window = new SlidingWindow<>(Long.class, 2, String.class, List::toString);
        window.frames.from(failing.output);
        assertThat(Runs.values(window.window))
                .containsExactly("[-10, -10]", "failed: / by zero", "failed: / by zero", "[10, 5]", "[5, 3]");
    }

    @Test
    void functionMayGiveBackOneOfItsArguments() {
        SlidingWindow<Image, Image> window =
                new SlidingWindow<>(Image.class, 2, Image.class, images -> images.getFirst());
        window.frames.from(images(3).value);
        assertThat(Runs.<Byte>all(
                        frame -> frame.get(window.window).pixels().get(ValueLayout.JAVA_BYTE, 0), window.window))
                .containsExactly((byte) 0, (byte) 0, (byte) 1);
    }
}
