// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngPixelsTest {
    private static final int[] STRATEGIES = {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void decodesEachFilterAsTheUsualLibraryDoes(int filter) {
        for (int i = 0; i < 40; i++) {
            int width = 1 + random.nextInt(400);
            int height = 1 + random.nextInt(60);
            int level = random.nextInt(10);
            byte[] png = png(width, raw(width, height, filter), level, STRATEGIES[random.nextInt(3)]);
            byte[] pixels = new byte[3 * width * height];

            assertThat(PngPixels.bgr(MemorySegment.ofArray(png), MemorySegment.ofArray(pixels)))
                    .as("seed %d, picture %d", seed, i)
                    .isTrue();
            assertThat(pixels).as("seed %d, picture %d", seed, i).isEqualTo(reference(png));
        }
    }

    @Test
    void aLargePictureIsDecodedStretchByStretch() {
        byte[] png = png(4000, raw(4000, 900, 5), 6, Deflater.DEFAULT_STRATEGY);
        byte[] pixels = new byte[3 * 4000 * 900];

        assertThat(PngPixels.bgr(MemorySegment.ofArray(png), MemorySegment.ofArray(pixels)))
                .isTrue();
        assertThat(pixels).as("seed %d", seed).isEqualTo(reference(png));
    }

    @Test
    void damagedDataAreLeftToOthersOrDecodedAsTheyDo() {
        int decoded = 0;
        for (int i = 0; i < 1000; i++) {
            int level = random.nextInt(10);
            byte[] raw = raw(30, 20, 5);
            byte[] data = compressed(raw, level, STRATEGIES[random.nextInt(3)]);
            byte[] damaged = data.clone();
            damaged[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(damaged, 1 + random.nextInt(data.length));

            for (byte[] wrong : new byte[][] {damaged, cut}) {
                byte[] png = file(30, 20, wrong);
                byte[] pixels = new byte[3 * 30 * 20];
                // Some bits mean nothing, and now and then a sum is right all the same.
                if (PngPixels.bgr(MemorySegment.ofArray(png), MemorySegment.ofArray(pixels))) {
                    decoded++;
                    assertThat(Arrays.equals(pixels, reference(png)))
                            .as("seed %d, case %d", seed, i)
                            .isTrue();
                }
            }
        }
        assertThat(decoded).isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tRNS", "eXIf", "acTL", "cICP", "vpAg"})
    void aFileWithAChunkThatMayChangeItsLookIsLeftToOthers(String type) {
        byte[] data = compressed(raw(8, 8, 5), 6, Deflater.DEFAULT_STRATEGY);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head(8, 8));
        file.writeBytes(chunk(type, new byte[6]));
        file.writeBytes(chunk("IDAT", data));
        file.writeBytes(chunk("IEND", new byte[0]));

        assertThat(PngPixels.bgr(MemorySegment.ofArray(file.toByteArray()), MemorySegment.ofArray(new byte[3 * 64])))
                .isFalse();
    }

    /// Rows with their filters: some noise, some that repeats. Filter 5 is any.
    private byte[] raw(int width, int height, int filter) {
        byte[] raw = new byte[(1 + 3 * width) * height];
        int kind = random.nextInt(3);
        for (int at = 0; at < raw.length; at++) {
            boolean repeats = kind > 0 && at > 40 && random.nextInt(20) > kind;
            raw[at] = repeats ? raw[at - 1 - random.nextInt(kind * 20)] : (byte) random.nextInt(kind == 0 ? 256 : 7);
        }
        for (int y = 0; y < height; y++) {
            raw[y * (1 + 3 * width)] = (byte) (filter == 5 ? random.nextInt(5) : filter);
        }
        return raw;
    }

    private byte[] png(int width, byte[] raw, int level, int strategy) {
        return file(width, raw.length / (1 + 3 * width), compressed(raw, level, strategy));
    }

    private static byte[] compressed(byte[] raw, int level, int strategy) {
        try (Deflater deflater = new Deflater(level)) {
            deflater.setStrategy(strategy);
            deflater.setInput(raw);
            deflater.finish();
            byte[] data = new byte[raw.length * 2 + 100];
            int length = 0;
            while (!deflater.finished()) {
                length += deflater.deflate(data, length, data.length - length);
            }
            return Arrays.copyOf(data, length);
        }
    }

    /// The data in chunks of random lengths, after some that may be left aside.
    private byte[] file(int width, int height, byte[] data) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head(width, height));
        file.writeBytes(chunk("tEXt", "Comment\0none".getBytes(StandardCharsets.US_ASCII)));
        for (int from = 0; from < data.length; ) {
            int to = Math.min(data.length, from + 1 + random.nextInt(8192));
            file.writeBytes(chunk("IDAT", Arrays.copyOfRange(data, from, to)));
            from = to;
        }
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    private static byte[] head(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) 8).put((byte) 2);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        head.writeBytes(chunk("IHDR", header.array()));
        return head.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(data.length + 12);
        chunk.putInt(data.length);
        chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, data.length + 4);
        return chunk.putInt((int) crc.getValue()).array();
    }

    private static byte[] reference(byte[] png) {
        try (BytePointer bytes = new BytePointer(png);
                Mat file = new Mat(1, png.length, opencv_core.CV_8UC1, bytes);
                Mat decoded = opencv_imgcodecs.imdecode(file, opencv_imgcodecs.IMREAD_COLOR)) {
            byte[] pixels = new byte[3 * decoded.rows() * decoded.cols()];
            decoded.data().get(pixels);
            return pixels;
        }
    }
}
