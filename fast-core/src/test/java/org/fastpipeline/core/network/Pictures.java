// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.memory.Allocator;

/// Images of given samples.
final class Pictures {
    private Pictures() {}

    static Image grey(Allocator memory, int width, int height, int... samples) {
        return of(ImageSpec.of(width, height, ChannelOrder.GREY, ElementType.U8), memory, samples);
    }

    static Image of(ImageSpec spec, Allocator memory, int... samples) {
        Image image = Image.allocate(spec, memory);
        MemorySegment pixels = image.writablePixels();
        for (int i = 0; i < samples.length; i++) {
            switch (spec.type()) {
                case U8 -> pixels.set(ValueLayout.JAVA_BYTE, i, (byte) samples[i]);
                case I16, U16 -> pixels.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) samples[i]);
                case F32 -> pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, samples[i]);
                default -> throw new IllegalArgumentException(spec.toString());
            }
        }
        return image;
    }

    /// All samples of a packed image.
    static float[] samples(Image image) {
        ImageSpec spec = image.spec();
        int count = Math.toIntExact(spec.bytes() / spec.type().bytes());
        float[] samples = new float[count];
        Rows.read(image.pixels(), spec.type(), 0, samples, count);
        return samples;
    }

    /// Those of an image of integers.
    static int[] labels(Image image) {
        float[] samples = samples(image);
        int[] labels = new int[samples.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Math.round(samples[i]);
        }
        return labels;
    }
}
