// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.io.FrameCells;
import org.fastpipeline.vision.io.Rows;

/// The rows of a frame in the table of capillaries: one each, in pixels of the frame, and in µm where the
/// [size of a pixel][Density#PIXEL_SIZE] is known; else those cells are empty.
///
/// `density` is what the capillary adds to that of the frame.
public final class CapillaryRows extends Stateless {
    /// The header line of the table.
    public static final ImmutableList<String> COLUMNS = ImmutableList.of(
            "frame",
            "source",
            "index",
            "x",
            "y",
            "area",
            "length",
            "width",
            "area_um2",
            "length_um",
            "width_um",
            "density");

    /// Place, area, length and width of each capillary.
    public final In<Shapes> shapes = in("shapes", Shapes.class, "place, area, length and width of each capillary");

    /// The density of the frame.
    public final In<Density> density = in("density", Density.class, "the density of the frame");

    /// Their rows.
    public final Out<Rows> rows = out("rows", Rows.class, "their rows of the table of capillaries");

    @Override
    public void execute(Step step) {
        String number = FrameCells.number(step);
        String source = FrameCells.source(step);
        Optional<Double> pixel = step.metadata().get(Density.PIXEL_SIZE);
        double pixels = step.get(density).pixels();
        ImmutableList.Builder<ImmutableList<String>> result = ImmutableList.builder();
        int index = 0;
        for (Shapes.Shape shape : step.get(shapes).shapes()) {
            result.add(ImmutableList.of(
                    number,
                    source,
                    Integer.toString(index++),
                    Rows.number(shape.x(), 1),
                    Rows.number(shape.y(), 1),
                    Integer.toString(shape.area()),
                    Rows.number(shape.length(), 1),
                    Rows.number(shape.width(), 2),
                    pixel.map(size -> Rows.number(shape.area() * size * size, 1))
                            .orElse(""),
                    pixel.map(size -> Rows.number(shape.length() * size, 1)).orElse(""),
                    pixel.map(size -> Rows.number(shape.width() * size, 2)).orElse(""),
                    Rows.number(shape.area() / pixels, 8)));
        }
        step.put(rows, new Rows(result.build()));
    }
}
