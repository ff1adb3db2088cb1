// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.io.FrameCells;
import org.fastpipeline.vision.io.Rows;

/// The rows of a frame in the table of boxes: one per capillary, in pixels of the frame.
public final class BoxRows extends Stateless {
    /// The header line of the table.
    public static final ImmutableList<String> COLUMNS =
            ImmutableList.of("frame", "source", "x", "y", "width", "height", "score");

    /// The accepted regions.
    public final In<ScoredBoxes> capillaries = in("capillaries", ScoredBoxes.class, "the accepted regions");

    /// Their rows.
    public final Out<Rows> rows = out("rows", Rows.class, "their rows of the table of boxes");

    @Override
    public void execute(Step step) {
        String number = FrameCells.number(step);
        String source = FrameCells.source(step);
        ImmutableList.Builder<ImmutableList<String>> result = ImmutableList.builder();
        for (ScoredBoxes.ScoredBox capillary : step.get(capillaries).boxes()) {
            Box box = capillary.box();
            result.add(ImmutableList.of(
                    number,
                    source,
                    Integer.toString(box.x()),
                    Integer.toString(box.y()),
                    Integer.toString(box.width()),
                    Integer.toString(box.height()),
                    Rows.number(capillary.score(), 4)));
        }
        step.put(rows, new Rows(result.build()));
    }
}
