// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.fastpipeline.vision.phantom.CapillaryPhantom.HEIGHT;
import static org.fastpipeline.vision.phantom.CapillaryPhantom.WIDTH;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.vision.opencv.Mats;

/// Blur, colours beside each other, noise of the sensor, loss of resolution, and the blocks of a codec.
final class Camera {
    private static final int CHANNELS = 3;
    private static final float MOST = 255;

    private final float focus;
    private final float resolution;
    private final float grain;
    private final float colour;
    private final float[] shifts = new float[2 * CHANNELS];
    private final int quality;

    /// @param dice for this part of the scene
    Camera(Dice dice) {
        focus = dice.between(0.5f, 1.8f);
        resolution = dice.chance(0.5f) ? dice.between(0.5f, 1.3f) : 0.3f;
        grain = dice.between(0.2f, 2.0f) * (0.7f + resolution);
        colour = dice.between(0.1f, 1.2f) * (0.7f + resolution);
        if (dice.chance(0.5f)) {
            for (int i = 0; i < shifts.length; i++) {
                shifts[i] = i / 2 == 1 ? 0 : 0.5f * dice.normal(); // green stays
            }
        }
        quality = dice.chance(0.7f) ? dice.whole(75, 97) : dice.whole(30, 75);
    }

    /// Takes the picture.
    ///
    /// @param seed of the phantom
    /// @param frame whose noise it is
    /// @param image 8-bit BGR, written to
    void take(Light light, long seed, long frame, Image image, Allocator memory) {
        MemorySegment pixels = image.writablePixels();
        long stride = image.spec().rowStride();
        float[] line = new float[WIDTH];
        for (int channel = 0; channel < CHANNELS; channel++) {
            Lines lines = developed(light.channel(channel), channel, seed, frame);
            for (int y = 0; y < HEIGHT; y++) {
                lines.line(y, line);
                long at = y * stride + channel;
                for (int x = 0; x < WIDTH; x++) {
                    int level = (int) Math.clamp(line[x] + 0.5f, 0, MOST);
                    pixels.set(ValueLayout.JAVA_BYTE, at + (long) CHANNELS * x, (byte) level);
                }
            }
        }
        compress(image, memory);
    }

    private Lines developed(Lines light, int channel, long seed, long frame) {
        Lines seen = new BlurredLines(
                light, Tables.gauss(focus, shifts[2 * channel]), Tables.gauss(focus, shifts[2 * channel + 1]));
        Lines noisy = (y, out) -> {
            seen.line(y, out);
            Dice.of(seed, frame, y, -1).addNoise(out, grain);
            Dice.of(seed, frame, y, channel).addNoise(out, colour);
        };
        float[] loss = Tables.gauss(resolution, 0);
        return new BlurredLines(noisy, loss, loss);
    }

    /// JPEG there and back: of all codecs the one whose arithmetic is the same on all machines.
    private void compress(Image image, Allocator memory) {
        try (Mats mats = new Mats(memory)) {
            Mat picture = mats.write(image);
            BytePointer file = new BytePointer();
            opencv_imgcodecs.imencode(
                    ".jpg", picture, file, new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality));
            Mat bytes = new Mat(1, Math.toIntExact(file.limit()), opencv_core.CV_8UC1, file);
            opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_COLOR).copyTo(picture);
            mats.check();
        }
    }
}
