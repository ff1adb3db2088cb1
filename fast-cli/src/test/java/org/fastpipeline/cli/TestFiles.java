// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/// Image files of all kinds, made on the spot by the JDK's own writers.
final class TestFiles {
    private static final int GREY_SPREAD = 37;

    private TestFiles() {}

    /// An image of one of the JDK's types, with some pattern in it, in a format of the JDK: `png`, `jpg`.
    static Path image(Path file, int type, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int grey = 150 + (x * x + y) % GREY_SPREAD;
                image.setRGB(x, y, 0xFF << 24 | grey << 16 | grey << 8 | grey);
            }
        }
        String name = String.valueOf(file.getFileName());
        if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
            throw new IOException("the JDK has no writer for " + file);
        }
        return file;
    }

    /// The first half of a file.
    static Path half(Path of, Path file) throws IOException {
        byte[] whole = Files.readAllBytes(of);
        return Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }

    /// A small PNG file with very many black pixels.
    static Path bomb(Path file, int width, int height) throws IOException {
        try (DataOutputStream png = new DataOutputStream(Files.newOutputStream(file))) {
            png.writeLong(0x89504E470D0A1A0AL);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(width);
            fields.writeInt(height);
            fields.write(new byte[] {1, 0, 0, 0, 0});
            chunk(png, "IHDR", header.toByteArray());
            chunk(png, "IDAT", deflated(new byte[1 + (width + 7) / 8], height));
            chunk(png, "IEND", new byte[0]);
        }
        return file;
    }

    private static byte[] deflated(byte[] row, int times) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(data, deflater)) {
            for (int i = 0; i < times; i++) {
                stream.write(row);
            }
        } finally {
            deflater.end();
        }
        return data.toByteArray();
    }

    private static void chunk(DataOutputStream png, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        png.writeInt(data.length);
        png.write(name);
        png.write(data);
        png.writeInt((int) sum.getValue());
    }
}
