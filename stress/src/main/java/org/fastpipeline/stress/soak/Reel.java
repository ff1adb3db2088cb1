// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// Pictures of changing size, type and channels, of which a seed and a place say every byte; so what a pipeline made of
/// them can be checked without another pipeline.
///
/// @param seed of all pictures
/// @param largest most columns and rows
/// @param ledger counts their memory
record Reel(long seed, int largest, Ledger ledger) {
    private static final int SMALLEST = 24;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /// Plays the first `count` pictures.
    GeneratorStreamer<Image> streamer(long count) {
        return new GeneratorStreamer<>(Image.class, count, this::make);
    }

    Image make(long place, Step step) {
        Image image = ledger.image(spec(place), step.memory());
        MemorySegment pixels = image.writablePixels();
        byte[] row = new byte[rowBytes(image.spec())];
        for (int y = 0; y < image.height(); y++) {
            fill(row, place, y, 0);
            MemorySegment.copy(
                    MemorySegment.ofArray(row), 0, pixels, y * image.spec().rowStride(), row.length);
        }
        return image;
    }

    /// What kind of picture is at a place.
    ImageSpec spec(long place) {
        SplittableRandom draw = new SplittableRandom(seed + place * SPREAD);
        return ImageSpec.of(
                draw.nextInt(SMALLEST, largest + 1),
                draw.nextInt(SMALLEST, largest + 1),
                draw.nextBoolean() ? ChannelOrder.GREY : ChannelOrder.BGR,
                draw.nextBoolean() ? ElementType.U8 : ElementType.U16);
    }

    /// The checksum that the picture at `place` has when each byte was changed by exclusive or with `mask`.
    long checksum(long place, int mask) {
        ImageSpec spec = spec(place);
        byte[] row = new byte[rowBytes(spec)];
        CRC32C sum = new CRC32C();
        for (int y = 0; y < spec.height(); y++) {
            fill(row, place, y, mask);
            sum.update(row);
        }
        return sum.getValue();
    }

    /// The checksum of a picture's bytes, without what pads its rows.
    static long checksum(Image image) {
        CRC32C sum = new CRC32C();
        long stride = image.spec().rowStride();
        for (int y = 0; y < image.height(); y++) {
            sum.update(
                    image.pixels().asSlice(y * stride, rowBytes(image.spec())).asByteBuffer());
        }
        return sum.getValue();
    }

    static int rowBytes(ImageSpec spec) {
        return spec.width() * spec.pixelBytes();
    }

    /// Ramps with some texture: they shrink in a file as pictures do.
    private void fill(byte[] row, long place, int y, int mask) {
        int base = (int) (seed + 31 * place + 7L * y);
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) ((base + 3 * i + ((i * y) >> 7)) ^ mask);
        }
    }
}
