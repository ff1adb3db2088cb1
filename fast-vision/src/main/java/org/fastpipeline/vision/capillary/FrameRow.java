// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.io.FrameCells;
import org.fastpipeline.vision.io.Rows;

/// The row of a frame in the table of frames; a frame that failed has one too, with the reason as its status.
///
/// `milliseconds` is the time from the beginning of the frame's decoding to its density. Cells that are not known
/// are empty: `capillaries_per_mm2` where the [size of a pixel][Density#PIXEL_SIZE] is not, and `density_smoothed` of
/// frames that are no stream.
public final class FrameRow extends Stateless {
    /// The header line of the table.
    public static final ImmutableList<String> COLUMNS = ImmutableList.of(
            "frame",
            "source",
            "width",
            "height",
            "rois",
            "capillaries",
            "capillary_pixels",
            "density",
            "capillaries_per_mm2",
            "density_smoothed",
            "milliseconds",
            "status");

    private static final double MICROMETRES_PER_MILLIMETRE = 1e3;

    /// The frame.
    public final In<Image> frame = outcome("frame", Image.class, "the frame, failed or not");

    /// All regions.
    public final In<Boxes> boxes = outcome("boxes", Boxes.class, "all regions");

    /// The accepted regions.
    public final In<ScoredBoxes> capillaries = outcome("capillaries", ScoredBoxes.class, "the accepted regions");

    /// The density.
    public final In<Density> density = outcome("density", Density.class, "the density");

    /// The density smoothed over the frames so far.
    public final In<Double> smoothed =
            outcome("smoothed", Double.class, "the density smoothed over the frames so far, if they are a stream");

    /// One row.
    public final Out<Rows> rows = out("rows", Rows.class, "one row of the table of frames");

    private final LongSupplier nanoTime;

    /// Takes the time from the system.
    public FrameRow() {
        this(System::nanoTime);
    }

    FrameRow(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void execute(Step step) {
        Optional<Image> image = FrameCells.value(step.outcome(frame));
        Optional<Density> result = FrameCells.value(step.outcome(density));
        step.put(
                rows,
                Rows.of(
                        FrameCells.number(step),
                        FrameCells.source(step, step.outcome(frame)),
                        FrameCells.text(image.map(Image::width)),
                        FrameCells.text(image.map(Image::height)),
                        FrameCells.text(FrameCells.value(step.outcome(boxes)).map(Boxes::size)),
                        FrameCells.text(
                                FrameCells.value(step.outcome(capillaries)).map(ScoredBoxes::size)),
                        FrameCells.text(result.map(Density::capillaryPixels)),
                        FrameCells.text(result.map(met -> Rows.number(met.value(), 6))),
                        FrameCells.text(perSquareMillimetre(step)),
                        FrameCells.text(FrameCells.value(step.outcome(smoothed)).map(level -> Rows.number(level, 6))),
                        FrameCells.milliseconds(step, nanoTime.getAsLong()),
                        FrameCells.status(
                                step.outcome(frame),
                                step.outcome(boxes),
                                step.outcome(capillaries),
                                step.outcome(density))));
    }

    /// How many capillaries there are on a square millimetre of skin.
    private Optional<String> perSquareMillimetre(Step step) {
        return step.metadata().get(Density.PIXEL_SIZE).flatMap(size -> FrameCells.value(step.outcome(density))
                .flatMap(met -> FrameCells.value(step.outcome(capillaries)).map(found -> {
                    double millimetres = size / MICROMETRES_PER_MILLIMETRE;
                    return Rows.number(found.size() / (met.pixels() * millimetres * millimetres), 2);
                })));
    }
}
