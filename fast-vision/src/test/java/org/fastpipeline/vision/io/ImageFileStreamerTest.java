// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileStreamerTest {
    @TempDir
    Path folder;

    private Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private Path png(String name, int width) throws IOException {
        return write(name, TestImages.encode(TestImages.colour(width, 5), "png"));
    }

    private List<String> origins(String... inputs) {
        ImageFileStreamer streamer = new ImageFileStreamer(inputs);
        try (NodeRun run = NodeRun.of(streamer)) {
            return run.all().stream()
                    .map(frame -> frame.metadata().get(Metadata.ORIGIN).orElseThrow())
                    .map(origin -> folder.relativize(Path.of(origin)).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private ImageSpec specOf(Path file) {
        ImageFileStreamer streamer = new ImageFileStreamer(List.of(file));
        try (NodeRun run = NodeRun.of(streamer)) {
            return run.next().orElseThrow().get(streamer.image).spec();
        }
    }

    @Test
    void filesOfAFolderComeInNameOrderAndOthersAreLeftOut() throws IOException {
        png("b.png", 3);
        png("a.png", 3);
        png("img10.png", 3);
        png("img9.PNG", 3);
        png("deeper/z.png", 3);
        write("notes.txt", new byte[] {1});
        write(".hidden.png", new byte[] {1});

        assertThat(origins(folder.toString())).containsExactly("a.png", "b.png", "img10.png", "img9.PNG");
    }

    @Test
    void patternsMatchFilesAndWithTwoStarsThoseOfDeeperFolders() throws IOException {
        png("a.png", 3);
        png("b.jpg.png", 3);
        png("deeper/c.png", 3);

        assertThat(origins(folder + "/*.png")).containsExactly("a.png", "b.jpg.png");
        assertThat(origins(folder + "/**.png")).containsExactly("a.png", "b.jpg.png", "deeper/c.png");
        assertThat(origins(folder + "/deep*/c.{png,tif}")).containsExactly("deeper/c.png");
    }

    @Test
    void twoStarsForFoldersMatchNoFolderToo() throws IOException {
        png("g/top.png", 3);
        png("g/a/in.png", 3);
        png("g/a/b/deep.png", 3);

        assertThat(origins(folder + "/g/**/*.png")).containsExactly("g/a/b/deep.png", "g/a/in.png", "g/top.png");
        assertThat(origins(folder + "/**/**/top.png")).containsExactly("g/top.png");
        assertThat(origins(folder + "/g/a*/**/[di]*.{png,tif}")).containsExactly("g/a/b/deep.png", "g/a/in.png");
        assertThat(origins(folder + "/g**/*.png")).containsExactly("g/a/b/deep.png", "g/a/in.png", "g/top.png");
        assertThat(origins(folder + "/{g/**/i,x}*.png")).containsExactly("g/a/in.png");
    }

    @Test
    void inputsComeInTheOrderTheyWereGiven() throws IOException {
        Path last = png("last.png", 3);
        png("few/1.png", 3);
        png("few/2.png", 3);

        assertThat(origins(last.toString(), folder + "/few")).containsExactly("last.png", "few/1.png", "few/2.png");
    }

    @Test
    void aFileWhoseNameLooksLikeAPatternIsTakenAsAFile() throws IOException {
        Path odd = png("frame[1].png", 3);

        assertThat(origins(odd.toString())).containsExactly("frame[1].png");
    }

    @Test
    void framesTellTheirIndexCountAndOrigin() throws IOException {
        Path first = png("1.png", 3);
        Path second = png("2.png", 3);
        ImageFileStreamer streamer = new ImageFileStreamer(List.of(first, second));

        try (NodeRun run = NodeRun.of(streamer)) {
            run.next();
            Metadata metadata = run.next().orElseThrow().metadata();
            assertThat(metadata.get(Metadata.INDEX)).contains(1L);
            assertThat(metadata.get(Metadata.COUNT)).contains(2L);
            assertThat(metadata.get(Metadata.ORIGIN)).contains(second.toString());
            assertThat(run.next()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void colourComesAsBgrWithEveryPixelAsStored(String format) throws IOException {
        Path file = write("image." + format, TestImages.encode(TestImages.colour(37, 23), format));
        ImageFileStreamer streamer = new ImageFileStreamer(List.of(file));

        try (NodeRun run = NodeRun.of(streamer)) {
            Image image = run.next().orElseThrow().get(streamer.image);
            assertThat(image.spec()).isEqualTo(ImageSpec.of(37, 23, ChannelOrder.BGR, ElementType.U8));
            MemorySegment pixels = image.pixels();
            for (int y = 0; y < 23; y++) {
                for (int x = 0; x < 37; x++) {
                    long at = image.spec().offset(x, y, 0);
                    int rgb = u8(pixels, at) | u8(pixels, at + 1) << 8 | u8(pixels, at + 2) << 16;
                    assertThat(rgb).isEqualTo(TestImages.rgb(x, y));
                }
            }
        }
    }

    private static int u8(MemorySegment pixels, long at) {
        return pixels.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    @Test
    void sixteenBitGreyStaysSixteenBitWithEveryPixelAsStored() throws IOException {
        Path file = write("deep.png", TestImages.encode(TestImages.of(BufferedImage.TYPE_USHORT_GRAY, 20, 10), "png"));
        ImageFileStreamer streamer = new ImageFileStreamer(List.of(file));

        try (NodeRun run = NodeRun.of(streamer)) {
            Image image = run.next().orElseThrow().get(streamer.image);
            assertThat(image.spec()).isEqualTo(ImageSpec.of(20, 10, ChannelOrder.GREY, ElementType.U16));
            assertThat(image.pixels().get(ValueLayout.JAVA_SHORT, image.spec().offset(7, 5, 0)))
                    .isEqualTo((short) (257 * 12));
        }
    }

    @Test
    void greyStaysGreyAndPalettesAndOpacityBecomeBgr() throws IOException {
        ImageSpec grey = ImageSpec.of(20, 10, ChannelOrder.GREY, ElementType.U8);
        ImageSpec bgr = ImageSpec.of(20, 10, ChannelOrder.BGR, ElementType.U8);

        assertThat(specOf(
                        write("1.png", TestImages.encode(TestImages.of(BufferedImage.TYPE_BYTE_GRAY, 20, 10), "png"))))
                .isEqualTo(grey);
        assertThat(specOf(
                        write("2.jpg", TestImages.encode(TestImages.of(BufferedImage.TYPE_BYTE_GRAY, 20, 10), "jpg"))))
                .isEqualTo(grey);
        assertThat(specOf(
                        write("3.tif", TestImages.encode(TestImages.of(BufferedImage.TYPE_BYTE_GRAY, 20, 10), "tiff"))))
                .isEqualTo(grey);
        assertThat(specOf(
                        write("4.png", TestImages.encode(TestImages.of(BufferedImage.TYPE_4BYTE_ABGR, 20, 10), "png"))))
                .isEqualTo(bgr);
        assertThat(specOf(write(
                        "5.png", TestImages.encode(TestImages.of(BufferedImage.TYPE_BYTE_INDEXED, 20, 10), "png"))))
                .isEqualTo(bgr);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"P2 4 3 255 0 1 2 3 4 5 6 7 8 9 10 11 ", "P5 4 3 255\nabcdefghijkl", "P4\n# one bit\n4 3\nabc"})
    void portableMapsAreRead(String content) throws IOException {
        Path file = write("map.pnm", content.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(specOf(file)).isEqualTo(ImageSpec.of(4, 3, ChannelOrder.GREY, ElementType.U8));
    }

    @Test
    void framesOfDifferentSizesComeFromOneStream() throws IOException {
        png("1.png", 3);
        png("2.png", 7);
        ImageFileStreamer streamer = new ImageFileStreamer(folder.toString());

        try (NodeRun run = NodeRun.of(streamer)) {
            assertThat(run.all().stream().map(frame -> frame.get(streamer.image).width()))
                    .containsExactly(3, 7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8})
    void exifOrientationIsFollowed(int orientation) throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.colour(48, 32), "jpg");
        Path file = write("turned.jpg", TestImages.withOrientation(jpeg, orientation));

        boolean turned = orientation > 4;
        assertThat(specOf(file))
                .isEqualTo(ImageSpec.of(turned ? 32 : 48, turned ? 48 : 32, ChannelOrder.BGR, ElementType.U8));
    }

    @Test
    void imagesAtThePixelLimitAreRead() throws IOException {
        Path file = png("image.png", 8);
        ImageFileStreamer streamer = new ImageFileStreamer(List.of(file));

        try (NodeRun run = NodeRun.of(streamer).with(streamer.pixelLimit, 40)) {
            NodeResult frame = run.next().orElseThrow();
            assertThat(frame.get(streamer.image).toString().toLowerCase(Locale.ROOT))
                    .contains("8 x 5");
        }
    }
}
