// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.memory.Allocator;

/// Frames of unevenly lit skin with dark red vessels at known places.
final class Tissue {
    private static final double RADIUS = 5;

    private Tissue() {}

    /// Vessels as upright bars of the boxes' place and size, with soft edges.
    static Image frame(Allocator memory, int width, int height, List<Box> vessels) {
        return frame(memory, ImageSpec.of(width, height, ChannelOrder.BGR, ElementType.U8), vessels);
    }

    /// The same in another channel order or element type.
    static Image frame(Allocator memory, ImageSpec spec, List<Box> vessels) {
        Image image = Image.allocate(spec, memory);
        for (int y = 0; y < spec.height(); y++) {
            for (int x = 0; x < spec.width(); x++) {
                double light = 0.7 + 0.3 * x / spec.width() + 0.05 * ((x * 7 + y * 13) % 5 - 2) / 100;
                double blood = blood(x, y, vessels);
                set(image, x, y, light * (180 - 30 * blood), light * (150 - 90 * blood), light * (220 - 25 * blood));
            }
        }
        return image;
    }

    private static double blood(int x, int y, List<Box> vessels) {
        double most = 0;
        for (Box vessel : vessels) {
            double dx = Math.max(0, Math.max(vessel.x() - x, x - (vessel.x() + vessel.width() - 1)));
            double dy = Math.max(0, Math.max(vessel.y() - y, y - (vessel.y() + vessel.height() - 1)));
            most = Math.max(most, Math.max(0, 1 - Math.hypot(dx, dy) / RADIUS));
        }
        return most;
    }

    private static void set(Image image, int x, int y, double blue, double green, double red) {
        double[] samples =
                switch (image.spec().channels()) {
                    case GREY -> new double[] {green};
                    case XY -> throw new IllegalArgumentException("tissue has colours");
                    case BGR -> new double[] {blue, green, red};
                    case RGB -> new double[] {red, green, blue};
                    case RGBA -> new double[] {red, green, blue, 255};
                };
        MemorySegment pixels = image.writablePixels();
        for (int c = 0; c < samples.length; c++) {
            long at = image.spec().offset(x, y, 0)
                    + (long) c * image.spec().type().bytes();
            if (image.spec().type() == ElementType.U16) {
                pixels.set(ValueLayout.JAVA_SHORT, at, (short) (257 * Math.round(samples[c])));
            } else {
                pixels.set(ValueLayout.JAVA_BYTE, at, (byte) Math.round(samples[c]));
            }
        }
    }

    /// An image of one value throughout.
    static Image constant(Allocator memory, int width, int height, int value) {
        Image image = Image.allocate(ImageSpec.of(width, height, ChannelOrder.BGR, ElementType.U8), memory);
        image.writablePixels().fill((byte) value);
        return image;
    }
}
