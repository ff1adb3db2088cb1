// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import javax.imageio.ImageIO;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {
    /// Red 200, green 100, blue 50, in the image's own order; grey 100.
    private static Image plain(NodeRun run, ChannelOrder order) {
        Image image = Image.allocate(ImageSpec.of(16, 8, order, ElementType.U8), run.memory());
        int[] pixel =
                switch (order) {
                    case GREY -> new int[] {100};
                    case XY -> new int[] {200, 100};
                    case RGB -> new int[] {200, 100, 50};
                    case BGR -> new int[] {50, 100, 200};
                    case RGBA -> new int[] {200, 100, 50, 255};
                };
        for (long at = 0; at < image.spec().bytes(); at++) {
            image.writablePixels().set(ValueLayout.JAVA_BYTE, at, (byte) pixel[(int) (at % pixel.length)]);
        }
        return image;
    }

    private static BufferedImage decoded(EncodedImage encoded) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(encoded.bytes().toArray(ValueLayout.JAVA_BYTE)));
    }

    @ParameterizedTest
    @EnumSource(value = ChannelOrder.class, names = "XY", mode = EnumSource.Mode.EXCLUDE)
    void pngKeepsEveryChannelOrder(ChannelOrder order) throws IOException {
        ImageEncoder encoder = new ImageEncoder();
        try (NodeRun run = NodeRun.of(encoder)) {
            BufferedImage image =
                    decoded(run.with(encoder.image, plain(run, order)).execute().get(encoder.encoded));

            int[] samples = image.getRaster().getPixel(3, 2, (int[]) null);
            assertThat(samples[0]).isEqualTo(order == ChannelOrder.GREY ? 100 : 200);
            assertThat(image.getWidth()).isEqualTo(16);
        }
    }

    @Test
    void whatIsNoColourIsRefused() {
        ImageEncoder encoder = new ImageEncoder();
        try (NodeRun run = NodeRun.of(encoder)) {
            run.with(encoder.image, plain(run, ChannelOrder.XY));
            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met image 16 x 8 XY U8; needed grey or colour");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void everyPngLevelKeepsEveryPixel(int level) throws IOException {
        ImageEncoder encoder = new ImageEncoder();
        try (NodeRun run = NodeRun.of(encoder).with(encoder.pngLevel, level)) {
            Image source = plain(run, ChannelOrder.BGR);
            source.writablePixels().set(ValueLayout.JAVA_BYTE, source.spec().offset(5, 5, 0) + 1, (byte) 7);
            BufferedImage image =
                    decoded(run.with(encoder.image, source).execute().get(encoder.encoded));

            assertThat(image.getRGB(5, 5) & 0xFFFFFF).isEqualTo(0xC80732);
            assertThat(image.getRGB(4, 5) & 0xFFFFFF).isEqualTo(0xC86432);
        }
    }

    @Test
    void jpegIsNearTheImage() throws IOException {
        ImageEncoder encoder = new ImageEncoder(EncodedImage.Encoding.JPEG);
        try (NodeRun run = NodeRun.of(encoder)) {
            BufferedImage image = decoded(run.with(encoder.image, plain(run, ChannelOrder.BGR))
                    .execute()
                    .get(encoder.encoded));

            assertThat(image.getRGB(5, 5) >> 16 & 0xFF).isBetween(195, 205);
        }
    }

    @Test
    void imageOfFloatsIsRefusedForPng() {
        ImageEncoder encoder = new ImageEncoder();
        try (NodeRun run = NodeRun.of(encoder)) {
            Image floats = Image.allocate(ImageSpec.of(4, 4, ChannelOrder.BGR, ElementType.F32), run.memory());
            floats.writablePixels().fill((byte) 0);
            run.with(encoder.image, floats);

            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage(
                            "imageEncoder.image: met image 4 x 4 BGR F32; needed 8-bit samples, or 16-bit ones for PNG."
                                    + " Convert the image first");
        }
    }
}
