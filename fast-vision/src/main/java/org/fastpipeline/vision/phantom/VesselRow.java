// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.io.FrameCells;
import org.fastpipeline.vision.io.Rows;

/// The row of an ultrasound phantom's frame in the table of the truth.
public final class VesselRow extends Stateless {
    /// The header line of the table; areas are of what the frame shows, `spacing` is of a pixel, in mm.
    public static final ImmutableList<String> COLUMNS =
            ImmutableList.of("frame", "source", "artery_mm2", "vein_mm2", "artery_pixels", "vein_pixels", "spacing");

    /// What was drawn.
    public final In<DrawnVessels> truth = in("truth", DrawnVessels.class, "what was drawn");

    /// One row.
    public final Out<Rows> rows = out("rows", Rows.class, "one row of the table of frames");

    @Override
    public void execute(Step step) {
        DrawnVessels drawn = step.get(truth);
        step.put(
                rows,
                Rows.of(
                        FrameCells.number(step),
                        FrameCells.source(step),
                        Rows.number(drawn.arteryArea(), 3),
                        Rows.number(drawn.veinArea(), 3),
                        Long.toString(drawn.arteryPixels()),
                        Long.toString(drawn.veinPixels()),
                        Double.toString(drawn.spacing())));
    }
}
