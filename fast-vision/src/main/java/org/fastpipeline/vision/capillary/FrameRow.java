// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.io.Rows;
import org.fastpipeline.vision.io.Timing;

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

    private static final double NANOS_PER_MILLISECOND = 1e6;
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
        Optional<Image> image = value(step.outcome(frame));
        Optional<Density> result = value(step.outcome(density));
        Optional<Long> started = step.metadata().get(Timing.STARTED);
        step.put(
                rows,
                Rows.of(
                        number(step),
                        sourceOrCulprit(step),
                        text(image.map(Image::width)),
                        text(image.map(Image::height)),
                        text(value(step.outcome(boxes)).map(Boxes::size)),
                        text(value(step.outcome(capillaries)).map(ScoredBoxes::size)),
                        text(result.map(Density::capillaryPixels)),
                        text(result.map(met -> Rows.number(met.value(), 6))),
                        text(perSquareMillimetre(step)),
                        text(value(step.outcome(smoothed)).map(level -> Rows.number(level, 6))),
                        text(started.map(
                                begin -> Rows.number((nanoTime.getAsLong() - begin) / NANOS_PER_MILLISECOND, 1))),
                        Rows.text(status(step))));
    }

    /// How many capillaries there are on a square millimetre of skin.
    private Optional<String> perSquareMillimetre(Step step) {
        return step.metadata().get(Density.PIXEL_SIZE).flatMap(size -> value(step.outcome(density))
                .flatMap(met -> value(step.outcome(capillaries)).map(found -> {
                    double millimetres = size / MICROMETRES_PER_MILLIMETRE;
                    return Rows.number(found.size() / (met.pixels() * millimetres * millimetres), 2);
                })));
    }

    /// The frame's place in its source.
    public static String number(Step step) {
        return step.metadata()
                .get(Metadata.INDEX)
                .orElse(step.frame().sequence())
                .toString();
    }

    /// The name of the file that the frame was read from, without its folder; empty if it is not known.
    public static String source(Step step) {
        return step.metadata().get(Metadata.ORIGIN).map(FrameRow::fileName).orElse("");
    }

    /// For a frame that could not be read the error knows where it should have come from.
    private String sourceOrCulprit(Step step) {
        String known = source(step);
        return known.isEmpty() && step.outcome(frame) instanceof Outcome.Failed<Image>(FastException cause)
                ? culprit(cause)
                : known;
    }

    private static String culprit(Throwable failure) {
        return switch (failure) {
            case InputException input -> fileName(input.source());
            case StepException step when step.getCause() instanceof FastException cause -> culprit(cause);
            default -> "";
        };
    }

    private static String fileName(String origin) {
        return Rows.text(origin.substring(Math.max(origin.lastIndexOf('/'), origin.lastIndexOf('\\')) + 1));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static <T> Optional<T> value(Outcome<T> outcome) {
        return outcome instanceof Outcome.Value<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// The first thing that went wrong on the way to the density, if anything did.
    private String status(Step step) {
        return Stream.of(step.outcome(frame), step.outcome(boxes), step.outcome(capillaries), step.outcome(density))
                .map(FrameRow::problem)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("ok");
    }

    private static Optional<String> problem(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Value<?> fine -> Optional.empty();
            case Outcome.Skipped<?>(String reason) -> Optional.of(reason);
            case Outcome.Failed<?>(FastException cause) -> Optional.of(shortText(cause));
        };
    }

    /// What is wrong, without where and what to do: the row says where.
    private static String shortText(FastException failure) {
        return switch (failure) {
            case StepException step when step.getCause() instanceof FastException cause -> shortText(cause);
            case StepException step -> step.problem();
            case InputException input -> input.problem();
            case ModelException model -> model.problem();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
