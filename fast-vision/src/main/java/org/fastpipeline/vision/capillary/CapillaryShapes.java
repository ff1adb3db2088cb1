// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Measures the shape of each capillary: place, area, length along the centre line, and mean width.
///
/// The centre line is found by thinning (Zhang and Suen 1984); width = area / length.
public final class CapillaryShapes extends Stateless {
    /// The pixels of each capillary.
    public final In<CapillaryMasks> masks = in("masks", CapillaryMasks.class, "the pixels of each capillary");

    /// Their shapes.
    public final Out<Shapes> shapes =
            out("shapes", Shapes.class, "place, area, length and width of each capillary, in the same order");

    @Override
    public void execute(Step step) {
        step.put(
                shapes,
                new Shapes(step.get(masks).masks().stream()
                        .map(CapillaryShapes::shape)
                        .collect(ImmutableList.toImmutableList())));
    }

    private static Shapes.Shape shape(CapillaryMask mask) {
        Box box = mask.box();
        byte[] inside = mask.inside();
        long columns = 0;
        long rows = 0;
        for (int y = 0; y < box.height(); y++) {
            int inRow = 0;
            int sum = 0;
            for (int x = 0; x < box.width(); x++) {
                int pixel = inside[y * box.width() + x];
                inRow += pixel;
                sum += pixel * x;
            }
            columns += sum;
            rows += (long) inRow * y;
        }
        int area = mask.area();
        if (area == 0) {
            return new Shapes.Shape(box.x() + (box.width() - 1) / 2.0, box.y() + (box.height() - 1) / 2.0, 0, 0, 0);
        }
        double length = CentreLine.length(inside, box.width());
        return new Shapes.Shape(
                box.x() + (double) columns / area, box.y() + (double) rows / area, area, length, area / length);
    }
}
