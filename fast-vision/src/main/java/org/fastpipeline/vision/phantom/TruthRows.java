// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.io.FrameCells;
import org.fastpipeline.vision.io.Rows;
import org.fastpipeline.vision.phantom.DrawnCapillaries.DrawnCapillary;

/// The rows of a phantom's frame in the tables of the truth: one of the frame, and one for each capillary.
public final class TruthRows extends Stateless {
    /// The header line of the table of frames; `density` and `capillaries` are of clear ones.
    public static final ImmutableList<String> FRAME_COLUMNS =
            ImmutableList.of("frame", "source", "density", "capillaries");

    /// The header line of the table of capillaries, in pixels of the frame.
    public static final ImmutableList<String> BOX_COLUMNS =
            ImmutableList.of("frame", "source", "x", "y", "width", "height", "visibility", "centre_x", "centre_y");

    /// What was drawn.
    public final In<DrawnCapillaries> truth = in("truth", DrawnCapillaries.class, "what was drawn");

    /// The frame's row.
    public final Out<Rows> frame = out("frame", Rows.class, "one row of the table of frames");

    /// The capillaries' rows.
    public final Out<Rows> boxes = out("boxes", Rows.class, "a row of the table of capillaries for each");

    @Override
    public void execute(Step step) {
        DrawnCapillaries drawn = step.get(truth);
        String number = FrameCells.number(step);
        String source = FrameCells.source(step);
        step.put(frame, Rows.of(number, source, Rows.number(drawn.density(), 6), Long.toString(drawn.clear())));
        ImmutableList.Builder<ImmutableList<String>> rows = ImmutableList.builder();
        for (DrawnCapillary capillary : drawn.capillaries()) {
            rows.add(ImmutableList.of(
                    number,
                    source,
                    Integer.toString(capillary.box().x()),
                    Integer.toString(capillary.box().y()),
                    Integer.toString(capillary.box().width()),
                    Integer.toString(capillary.box().height()),
                    capillary.clear() ? "clear" : "faint",
                    Rows.number(capillary.centreX(), 1),
                    Rows.number(capillary.centreY(), 1)));
        }
        step.put(boxes, new Rows(rows.build()));
    }
}
