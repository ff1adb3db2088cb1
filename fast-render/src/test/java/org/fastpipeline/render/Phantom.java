// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.graph.Out;

/// Volumes to look at.
final class Phantom {
    /// In mm; how it is stored does not matter.
    interface Body {
        double at(Vector3 place);
    }

    private Phantom() {}

    /// A volume whose samples depend on their index.
    interface Samples {
        double at(int x, int y, int z);
    }

    static Out<Image> volume(ImageSpec spec, Samples samples) {
        return Shown.one(Image.class, memory -> {
            Image image = Image.allocate(spec, memory);
            for (int z = 0; z < spec.depth(); z++) {
                for (int y = 0; y < spec.height(); y++) {
                    for (int x = 0; x < spec.width(); x++) {
                        set(image.writablePixels(), spec, spec.offset(x, y, z), samples.at(x, y, z));
                    }
                }
            }
            return image;
        });
    }

    private static void set(MemorySegment to, ImageSpec spec, long at, double sample) {
        switch (spec.type()) {
            case U8 -> to.set(ValueLayout.JAVA_BYTE, at, (byte) (int) sample);
            case U16, I16 -> to.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) (int) sample);
            case I32 -> to.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) sample);
            case I64 -> to.set(ValueLayout.JAVA_LONG_UNALIGNED, at, (long) sample);
            case F32 -> to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) sample);
            case F64 -> to.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, sample);
        }
    }

    static ImageSpec spec(int width, int height, int depth, ElementType type) {
        return ImageSpec.volume(width, height, depth, ChannelOrder.GREY, type);
    }

    /// A volume of a body that stands in the patient: the same whatever the geometry.
    static Out<Image> of(Body body, ImageSpec spec) {
        return volume(spec, (x, y, z) -> body.at(spec.geometry().point(x, y, z)));
    }

    /// A head of 40 mm about the origin: skin, skull, and in it three balls, of which the bright one lies to the left,
    /// the middling one in front and the faint one at the top. Samples as those of CT.
    static double head(Vector3 place) {
        if (ball(place, 9, 0, 0, 4)) {
            return 1200;
        }
        if (ball(place, 0, -9, 0, 3)) {
            return 700;
        }
        if (ball(place, 0, 0, 9, 3)) {
            return 400;
        }
        double radius = place.length();
        return radius > 20 ? -1000 : radius > 18 ? 50 : radius > 15.5 ? 250 : 0;
    }

    private static boolean ball(Vector3 place, double x, double y, double z, double radius) {
        return place.minus(new Vector3(x, y, z)).length() < radius;
    }

    /// About the origin, axes along those of the patient.
    static ImageSpec straight() {
        return spec(48, 48, 48, ElementType.I16)
                .with(new Geometry(
                        Vector3.ONE,
                        new Vector3(-23.5, -23.5, -23.5),
                        new Vector3(1, 0, 0),
                        new Vector3(0, 1, 0),
                        new Vector3(0, 0, 1)));
    }

    /// About the origin, turned by 30 degrees about z and then the axes exchanged, with thick slices.
    static ImageSpec turned() {
        double cos = Math.cos(Math.toRadians(30));
        double sin = Math.sin(Math.toRadians(30));
        Vector3 x = new Vector3(0, 0, -1);
        Vector3 y = new Vector3(cos, sin, 0);
        Vector3 z = new Vector3(-sin, cos, 0);
        Vector3 spacing = new Vector3(0.8, 1, 1.6);
        Vector3 origin = x.times(-0.8 * 25.5).plus(y.times(-21.5)).plus(z.times(-1.6 * 13.5));
        return spec(52, 44, 28, ElementType.F32).with(new Geometry(spacing, origin, x, y, z));
    }
}
