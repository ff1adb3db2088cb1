// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.util.Optional;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Step;

/// Cells that rows of all tables of frames have in common.
public final class FrameCells {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private FrameCells() {}

    /// The frame's place in its source.
    public static String number(Step step) {
        return step.metadata()
                .get(Metadata.INDEX)
                .orElse(step.frame().sequence())
                .toString();
    }

    /// The name of the file that the frame was read from, without its folder unless inputs of several folders have
    /// that name; empty if it is not known.
    public static String source(Step step) {
        return step.metadata()
                .get(SourceNames.NAME)
                .map(Rows::text)
                .or(() -> step.metadata().get(Metadata.ORIGIN).map(FrameCells::fileName))
                .orElse("");
    }

    /// The same; for a frame that could not be read the error knows where it should have come from.
    public static String source(Step step, Outcome<?> frame) {
        String known = source(step);
        return known.isEmpty() && frame instanceof Outcome.Failed<?>(FastException cause) ? culprit(cause) : known;
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

    /// Milliseconds from the beginning of the frame's decoding until `now`; empty if that is not known.
    ///
    /// @param now in nanoseconds, of [System#nanoTime]
    public static String milliseconds(Step step, long now) {
        Optional<Long> started = step.metadata().get(Timing.STARTED);
        return text(started.map(begin -> Rows.number((now - begin) / NANOS_PER_MILLISECOND, 1)));
    }

    /// The value, if there is one.
    public static <T> Optional<T> value(Outcome<T> outcome) {
        return outcome instanceof Outcome.Value<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// A cell; empty if there is nothing for it.
    public static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    /// `ok`, or the first thing that went wrong.
    public static String status(Outcome<?>... outcomes) {
        return Rows.text(Stream.of(outcomes)
                .map(FrameCells::problem)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("ok"));
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
