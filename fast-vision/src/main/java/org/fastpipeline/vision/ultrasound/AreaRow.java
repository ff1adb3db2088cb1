// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.ultrasound;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.io.FrameCells;
import org.fastpipeline.vision.io.Rows;

/// The row of a frame in a table of areas; a frame that failed has one too, with the reason as its status.
///
/// `milliseconds` is the time from the beginning of the frame's decoding to its areas. Cells that are not known are
/// empty: those in mm² where the size of a pixel is not.
public final class AreaRow extends Stateless {
    /// The frame.
    public final In<Image> frame = outcome("frame", Image.class, "the frame, failed or not");

    /// The areas of its labels.
    public final In<LabelAreas> areas = outcome("areas", LabelAreas.class, "an area for each label");

    /// One row.
    public final Out<Rows> rows = out("rows", Rows.class, "one row of the table of frames");

    private final ImmutableList<String> labels;
    private final LongSupplier nanoTime;

    /// @param labels the names of the labels from 1 on
    public AreaRow(List<String> labels) {
        this(labels, System::nanoTime);
    }

    AreaRow(List<String> labels, LongSupplier nanoTime) {
        this.labels = ImmutableList.copyOf(labels);
        this.nanoTime = nanoTime;
    }

    /// The header line of the table.
    public ImmutableList<String> columns() {
        ImmutableList.Builder<String> columns = ImmutableList.builder();
        columns.add("frame", "source", "width", "height");
        labels.forEach(label -> columns.add(label + "_mm2"));
        labels.forEach(label -> columns.add(label + "_pixels"));
        return columns.add("milliseconds", "status").build();
    }

    @Override
    public void execute(Step step) {
        Outcome<Image> image = step.outcome(frame);
        Optional<LabelAreas> met = FrameCells.value(step.outcome(areas));
        ImmutableList.Builder<String> row = ImmutableList.builder();
        row.add(FrameCells.number(step), FrameCells.source(step, image));
        row.add(FrameCells.text(FrameCells.value(image).map(Image::width)));
        row.add(FrameCells.text(FrameCells.value(image).map(Image::height)));
        for (int label = 1; label <= labels.size(); label++) {
            int number = label;
            row.add(FrameCells.text(
                    met.flatMap(area -> area.squareMillimetres(number)).map(area -> Rows.number(area, 3))));
        }
        for (int label = 0; label < labels.size(); label++) {
            int place = label;
            row.add(FrameCells.text(met.map(area -> area.pixels().get(place))));
        }
        row.add(FrameCells.milliseconds(step, nanoTime.getAsLong()));
        row.add(FrameCells.status(image, step.outcome(areas)));
        step.put(rows, new Rows(ImmutableList.of(row.build())));
    }
}
