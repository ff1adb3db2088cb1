// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadImageFileTest {
    @TempDir
    Path folder;

    private InputException refused(String name, byte[] content) throws IOException {
        return refused(Files.write(folder.resolve(name), content));
    }

    private static InputException refused(Path... files) {
        try (NodeRun run = NodeRun.of(new ImageFileStreamer(List.of(files)))) {
            Optional<NodeResult> frame = run.next();
            throw new AssertionError("was read: " + frame);
        } catch (InputException refused) {
            return refused;
        }
    }

    private static InputException refused(String input) {
        try (NodeRun run = NodeRun.of(new ImageFileStreamer(input))) {
            throw new AssertionError("was read: " + run.next());
        } catch (InputException refused) {
            return refused;
        }
    }

    @Test
    void folderWithoutImagesIsRefused() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "no image");

        assertThat(refused(folder))
                .hasMessageStartingWith(
                        folder + ": the folder has no image. Give a folder with files that end in png, jpg");
    }

    @Test
    void patternWithoutMatchIsRefused() {
        String pattern = folder + "/*.png";

        assertThat(refused(pattern))
                .hasMessage(pattern + ": no file matches the pattern. Check it, and quote it, as in 'frames/*.png'");
    }

    @Test
    void malformedPatternIsRefused() {
        assertThat(refused(folder + "/{a")).hasMessageContaining("not a pattern");
    }

    @Test
    void missingFileIsRefused() {
        Path missing = folder.resolve("missing.png");

        assertThat(refused(missing)).hasMessage(missing + ": there is no such file or folder. Check the name");
    }

    @Test
    void noInputIsRefused() {
        assertThat(refused(new Path[0])).hasMessageContaining("no file was given");
    }

    @Test
    void unreadableFileIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("secret.png"), TestImages.encode(TestImages.colour(4, 4), "png"));

        assertThat(refused(FaultyFileSystem.notReadable(file)))
                .hasMessage(file + ": the file may not be read by this user. Change its permissions");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        assertThat(refused("empty.png", new byte[0]))
                .hasMessage(folder.resolve("empty.png") + ": the file is empty. Copy it again from its origin");
    }

    @Test
    void fileThatIsNoImageIsRefusedWithItsFirstBytes() throws IOException {
        assertThat(refused("text.png", "hello world".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage(folder.resolve("text.png")
                        + ": not an image in a format that is read; it begins with the bytes 68 65 6c 6c 6f 20 77 6f."
                        + " Give a PNG, JPEG, BMP, TIFF, PNM or MetaImage (.mhd, .mha) file, or a video");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000c6a5020200d0a870a",
                "762f3101020000000000",
                "233f52414449414e43450a",
                "52494646240000005745425056503820",
                "0000001c66747970617669660000"
            })
    void formatsWithUnsafeDecodersAreRefused(String head) throws IOException {
        assertThat(refused("image", HexFormat.of().parseHex(head)))
                .hasMessageContaining("not an image in a format that is read");
    }

    @Test
    void truncatedPngIsRefusedAtAnyLengthNamingTheFile() throws IOException {
        byte[] png = TestImages.encode(TestImages.colour(64, 48), "png");
        for (int length = 8; length < png.length; length += 7) {
            assertThat(refused("cut.png", Arrays.copyOf(png, length)))
                    .hasMessage(folder.resolve("cut.png") + ": the file is truncated: it ends after " + length
                            + " bytes, within the image. Copy it again from its origin");
        }
    }

    @Test
    void truncatedJpegIsRefusedAtAnyLengthNamingTheFile() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.colour(64, 48), "jpg");
        for (int length = 3; length < jpeg.length; length += 7) {
            assertThat(refused("cut.jpg", Arrays.copyOf(jpeg, length)))
                    .hasMessageContaining("cut.jpg: the file is truncated");
        }
        assertThat(refused("cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 1))).hasMessageContaining("truncated");
    }

    @Test
    void endMarkerOfAThumbnailDoesNotHideThatAJpegIsTruncated() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.colour(64, 48), "jpg");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(
                new byte[] {(byte) 0xFF, (byte) 0xE2, 0, 6, (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9});
        bytes.write(jpeg, 2, jpeg.length / 2);

        assertThat(refused("cut.jpg", bytes.toByteArray())).hasMessageContaining("truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "tiff"})
    void otherTruncatedImagesAreRefusedAtAnyLength(String format) throws IOException {
        byte[] image = TestImages.encode(TestImages.colour(64, 48), format);
        for (int length = 4; length < image.length; length += 97) {
            assertThat(refused("cut", Arrays.copyOf(image, length))).hasMessageContaining("cut: ");
        }
    }

    @Test
    void truncatedPortableMapIsRefused() throws IOException {
        assertThat(refused("cut.pgm", "P5 4 3 255\nabcdefghijk".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("truncated");
        assertThat(refused("cut.pgm", "P2 4 3 255\n1 2 3".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("cut.pgm: ");
    }

    @Test
    void flippedBitInAPngIsRefused() throws IOException {
        byte[] png = TestImages.encode(TestImages.colour(64, 48), "png");
        png[png.length / 2] ^= 4;

        assertThat(refused("damaged.png", png))
                .hasMessageContaining("damaged.png: the PNG file is damaged: the chunk at byte");
    }

    @Test
    void pngWithTooFewPixelsIsRefusedThoughAllItsChunksAreWhole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] small = TestImages.blackPng(64, 8);
        byte[] large = TestImages.blackPng(64, 64);
        bytes.write(large, 0, 33);
        bytes.write(small, 33, small.length - 33);

        assertThat(refused("short.png", bytes.toByteArray()))
                .hasMessageContaining("short.png: it holds fewer pixels than its header says."
                        + " Copy or export it again from where it came from");
    }

    @Test
    void imageBombIsRefusedByItsHeaderBeforeMemoryIsTaken() throws IOException {
        byte[] bomb = TestImages.blackPng(30_000, 30_000);
        assertThat(bomb.length).isLessThan(150_000);

        assertThat(refused("bomb.png", bomb))
                .hasMessage(folder.resolve("bomb.png")
                        + ": the header says 30000 x 30000 pixels; at most 100000000 pixels are read."
                        + " Scale it down or cut it into tiles; the limit is a setting of the streamer (pixelLimit)");
    }

    @Test
    void imageWithASideThatIsTooLongIsRefusedWithThatLimit() throws IOException {
        assertThat(refused("line.pgm", "P5 2000000 1 255\n".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage(folder.resolve("line.pgm")
                        + ": the header says 2000000 x 1 pixels; at most 1048576 a side are read. Cut it into tiles");
    }

    @Test
    void noMoreThanTheFileItselfIsHeldToRefuseABomb() throws IOException {
        Path bomb = Files.write(folder.resolve("bomb.png"), TestImages.blackPng(30_000, 30_000));
        try (MemoryPool pool = new MemoryPool(1 << 20, true)) {
            ImageFile file = new ImageFile(bomb, bytes -> pool.allocate(bytes, "test"));

            assertThatThrownBy(() -> file.read(100_000_000)).isInstanceOf(InputException.class);
            assertThat(pool.peak()).isLessThan(200_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
    void damagedFilesGiveAnImageOrAnErrorThatNamesThem(String format) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] whole = TestImages.encode(TestImages.colour(40, 30), format);
        Path path = folder.resolve("damaged");
        for (int i = 0; i < 100; i++) {
            byte[] damaged = whole.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                // Headers are hit more often than pixels.
                int at = random.nextInt(random.nextBoolean() ? Math.min(200, damaged.length) : damaged.length);
                damaged[at] = (byte) random.nextInt(256);
            }
            Files.write(path, damaged);
            try (MemoryPool pool = new MemoryPool(1 << 26, true);
                    Image image = new ImageFile(path, bytes -> pool.allocate(bytes, "test")).read(1_000_000)) {
                assertThat(image.width()).isPositive();
            } catch (InputException refused) {
                assertThat(refused).hasMessageStartingWith(path + ": ");
            }
        }
    }

    @Test
    void tiffOfFloatsAndTiffOfSeveralPagesAreRefused() throws IOException {
        assertThat(refused("float.tif", tiff(32, 0))).hasMessageContaining("met a TIFF of 32-bit samples");
        assertThat(refused("pages.tif", tiff(8, 8))).hasMessageContaining("met a TIFF of several pages");
    }

    /// A grey TIFF of one pixel; its directory follows the 8 bytes of the header.
    private static byte[] tiff(int bits, int next) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream tiff = new DataOutputStream(bytes);
        tiff.writeInt(0x4D4D002A);
        tiff.writeInt(8);
        int[][] tags = {{256, 1}, {257, 1}, {258, bits}, {262, 1}, {273, 0}, {277, 1}, {279, 1}};
        tiff.writeShort(tags.length);
        for (int[] tag : tags) {
            tiff.writeShort(tag[0]);
            tiff.writeShort(4);
            tiff.writeInt(1);
            tiff.writeInt(tag[1]);
        }
        tiff.writeInt(next);
        return bytes.toByteArray();
    }

    @Test
    void goodFramesBehindABadOneAreStillRead() throws IOException {
        Path bad = Files.write(folder.resolve("1.png"), new byte[0]);
        Path good = Files.write(
                folder.resolve("2.png"), TestImages.encode(TestImages.of(BufferedImage.TYPE_BYTE_GRAY, 4, 4), "png"));
        ImageFileStreamer streamer = new ImageFileStreamer(List.of(bad, good));

        try (NodeRun run = NodeRun.of(streamer)) {
            assertThatThrownBy(run::next).isInstanceOf(InputException.class);
            assertThat(run.next().orElseThrow().get(streamer.image).width()).isEqualTo(4);
        }
    }
}
