// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.ultrasound;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Measures how large what a frame is labelled with is.
///
/// A pixel's size is the image's spacing, or [#pixelSize] where that is set. An image of a format that tells none has
/// a spacing of 1 mm, which is thus taken for unknown.
public final class LabelAreaMeter extends Stateless {
    private static final double MICROMETRES_PER_MILLIMETRE = 1e3;
    private static final int VALUES = 256;

    /// A label for each pixel.
    public final In<Image> labels = in("labels", Image.class, "a label for each pixel, 8-bit, in the frame's size");

    /// How large what each label stands for is.
    public final Out<LabelAreas> areas = out("areas", LabelAreas.class, "an area for each label");

    /// Width and height of a pixel, whatever the image says; 0: what the image says.
    public final Parameter<Double> pixelSize = number(
            "pixelSize",
            0,
            0,
            1e6,
            "um",
            "width and height of a pixel of the frame; 0: the spacing that it comes with");

    /// How many labels there are but the background.
    public final Parameter<Integer> count =
            integer("count", 2, 1, VALUES - 1, "labels", "how many labels there are but the background");

    @Override
    public void execute(Step step) {
        Image image = step.get(labels);
        if (image.spec().type() != ElementType.U8 || image.spec().pixelBytes() != 1) {
            throw new WrongUseException(
                    name() + ".labels", "met " + image + "; needed 8-bit labels", "Take a network of fewer labels");
        }
        long[] pixels = new long[VALUES];
        MemorySegment samples = image.pixels();
        byte[] row = new byte[image.width()];
        for (int y = 0; y < image.height(); y++) {
            MemorySegment.copy(samples, ValueLayout.JAVA_BYTE, image.spec().offset(0, y, 0), row, 0, row.length);
            for (byte label : row) {
                pixels[label & 0xFF]++;
            }
        }
        ImmutableList<Long> counted =
                Arrays.stream(pixels, 1, step.get(count) + 1).boxed().collect(ImmutableList.toImmutableList());
        step.put(areas, new LabelAreas(counted, pixelArea(image.spec().geometry(), step.get(pixelSize))));
    }

    private static Optional<Double> pixelArea(Geometry geometry, double wanted) {
        if (wanted > 0) {
            double side = wanted / MICROMETRES_PER_MILLIMETRE;
            return Optional.of(side * side);
        }
        return geometry.spacing().equals(Geometry.UNIT.spacing())
                ? Optional.empty()
                : Optional.of(geometry.spacing().x() * geometry.spacing().y());
    }
}
