// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.Allocator;

/// Something to see: light on the left, dark on the right, with three things in it that have labels.
final class Tissue {
    static final int WIDTH = 240;
    static final int HEIGHT = 160;

    /// In mm.
    private static final double PIXEL = 0.005;

    private static final Geometry GEOMETRY = Geometry.UNIT.withSpacing(new Vector3(PIXEL, PIXEL, PIXEL));

    private Tissue() {}

    static Out<Image> image() {
        return Shown.one(Image.class, Tissue::image);
    }

    static Image image(Allocator memory) {
        return of(Tissue::shade, memory);
    }

    static Out<Image> labels() {
        return Shown.one(Image.class, memory -> of(Tissue::label, memory));
    }

    private interface Samples {
        int at(int x, int y);
    }

    private static Image of(Samples samples, Allocator memory) {
        Image image = Image.allocate(
                ImageSpec.of(WIDTH, HEIGHT, ChannelOrder.GREY, ElementType.U8).with(GEOMETRY), memory);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.writablePixels()
                        .set(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, 0), (byte) samples.at(x, y));
            }
        }
        return image;
    }

    private static int shade(int x, int y) {
        double light = 230 - 200.0 * x / WIDTH + 12 * Math.sin(x / 9.0) * Math.cos(y / 7.0);
        return (int) Math.round(label(x, y) > 0 ? light * 0.7 : light);
    }

    private static int label(int x, int y) {
        if (isInDisc(x, y, 55, 50, 28)) {
            return 1;
        }
        if (isInDisc(x, y, 170, 45, 20)) {
            return 2;
        }
        return isInDisc(x, y, 130, 105, 40) && !isInDisc(x, y, 130, 85, 40) ? 3 : 0;
    }

    private static boolean isInDisc(int x, int y, int middleX, int middleY, int radius) {
        return (x - middleX) * (x - middleX) + (y - middleY) * (y - middleY) <= radius * radius;
    }
}
