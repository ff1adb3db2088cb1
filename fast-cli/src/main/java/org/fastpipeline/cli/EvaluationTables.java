// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.fastpipeline.cli.Evaluation.Counts;
import org.fastpipeline.cli.Evaluation.FrameScore;
import org.fastpipeline.cli.PhantomTruth.Visibility;
import org.fastpipeline.vision.io.Rows;

/// An evaluation as a CSV table and as one for people.
///
/// @param evaluation what to tell
record EvaluationTables(Evaluation evaluation) {
    private static final double PERCENT = 100;
    private static final ImmutableList<String> COLUMNS = ImmutableList.of(
            "frame",
            "status",
            "clear",
            "faint",
            "boxes",
            "found",
            "missed",
            "wrong",
            "faint_found",
            "recall",
            "precision",
            "mean_iou",
            "density_truth",
            "density",
            "density_difference",
            "density_relative_error",
            "density_lower_limit",
            "density_upper_limit");

    /// A row a frame and one of totals, in UTF-8: there `density_difference` is the bias and
    /// `density_relative_error` the median. `density` is that of the evaluation, without faint capillaries.
    byte[] csv() {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(COLUMNS);
            evaluation.frames().forEach(frame -> csv.writeRecord(row(frame)));
            csv.writeRecord(totals());
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory cannot be written", impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> row(FrameScore frame) {
        OptionalDouble difference =
                frame.pair().isPresent() ? OptionalDouble.of(frame.pair().get().difference()) : OptionalDouble.empty();
        Agreement alone = new Agreement(frame.pair().stream().collect(ImmutableList.toImmutableList()));
        return cells(
                frame.key().toString(),
                Rows.text(frame.status()),
                new long[] {
                    frame.truth().count(Visibility.CLEAR),
                    frame.truth().count(Visibility.FAINT),
                    frame.boxes(),
                    frame.matching().faint().size()
                },
                frame.counts(),
                Evaluation.mean(frame.matching().overlaps()),
                List.of(
                        number(OptionalDouble.of(frame.truth().density()), 6),
                        number(frame.density(), 6),
                        number(difference, 6),
                        number(alone.medianRelativeError(), 4),
                        "",
                        ""));
    }

    private List<String> totals() {
        Agreement agreement = evaluation.agreement();
        OptionalDouble bias = agreement.bias();
        OptionalDouble reach = agreement.reach();
        return cells(
                "total",
                evaluation.lost().isEmpty()
                        ? "ok"
                        : evaluation.lost().size() + " of "
                                + evaluation.frames().size() + " missing or failed",
                new long[] {
                    evaluation.sum(frame -> frame.truth().count(Visibility.CLEAR)),
                    evaluation.sum(frame -> frame.truth().count(Visibility.FAINT)),
                    evaluation.sum(FrameScore::boxes),
                    evaluation.sum(frame -> frame.matching().faint().size())
                },
                evaluation.counts(),
                evaluation.meanOverlap(),
                List.of(
                        number(mean(agreement, true), 6),
                        number(mean(agreement, false), 6),
                        number(bias, 6),
                        number(agreement.medianRelativeError(), 4),
                        number(limit(bias, reach, -1), 6),
                        number(limit(bias, reach, 1), 6)));
    }

    private static List<String> cells(
            String frame, String status, long[] numbers, Counts counts, OptionalDouble overlap, List<String> density) {
        return ImmutableList.<String>builder()
                .add(frame, status)
                .add(Long.toString(numbers[0]), Long.toString(numbers[1]), Long.toString(numbers[2]))
                .add(Long.toString(counts.found()), Long.toString(counts.missed()), Long.toString(counts.wrong()))
                .add(Long.toString(numbers[3]))
                .add(number(counts.recall(), 4), number(counts.precision(), 4), number(overlap, 4))
                .addAll(density)
                .build();
    }

    private static OptionalDouble mean(Agreement agreement, boolean truth) {
        return Evaluation.mean(agreement.pairs().stream()
                .map(pair -> truth ? pair.truth() : pair.measured())
                .toList());
    }

    private static OptionalDouble limit(OptionalDouble bias, OptionalDouble reach, int side) {
        return bias.isPresent() && reach.isPresent()
                ? OptionalDouble.of(bias.getAsDouble() + side * reach.getAsDouble())
                : OptionalDouble.empty();
    }

    private static String number(OptionalDouble value, int decimals) {
        double unit = Math.pow(10, decimals);
        // Rounded to a whole number first, which knows no -0.
        return value.isPresent() ? Rows.number(Math.round(value.getAsDouble() * unit) / unit, decimals) : "";
    }

    /// A line a frame, and the totals in words.
    List<String> lines() {
        Table table = new Table();
        table.row(
                "frame",
                "clear",
                "found",
                "missed",
                "wrong",
                "recall",
                "precision",
                "IoU",
                "truth",
                "density",
                "error");
        for (FrameScore frame : evaluation.frames()) {
            Counts counts = frame.counts();
            OptionalDouble error = frame.pair().isPresent() && frame.truth().density() > 0
                    ? OptionalDouble.of(
                            frame.pair().get().difference() / frame.truth().density())
                    : OptionalDouble.empty();
            table.row(
                    frame.key().toString(),
                    Long.toString(frame.truth().count(Visibility.CLEAR)),
                    Long.toString(counts.found()),
                    Long.toString(counts.missed()),
                    Long.toString(counts.wrong()),
                    shown(counts.recall()),
                    shown(counts.precision()),
                    shown(Evaluation.mean(frame.matching().overlaps())),
                    percent(OptionalDouble.of(frame.truth().density()), "%.3f %%"),
                    frame.isOk() ? percent(frame.density(), "%.3f %%") : frame.status(),
                    percent(error, "%+.1f %%"));
        }
        return ImmutableList.<String>builder()
                .addAll(table.lines(""))
                .add("")
                .addAll(summary())
                .build();
    }

    private List<String> summary() {
        Counts counts = evaluation.counts();
        Agreement agreement = evaluation.agreement();
        OptionalDouble bias = agreement.bias();
        OptionalDouble reach = agreement.reach();
        return new Table()
                .row(
                        "recall",
                        shown(counts.recall()),
                        counts.found() + " of " + (counts.found() + counts.missed()) + " clear capillaries were found")
                .row(
                        "precision",
                        shown(counts.precision()),
                        counts.wrong() + " boxes are wrong; "
                                + evaluation.sum(
                                        frame -> frame.matching().faint().size())
                                + " on faint capillaries do not count")
                .row("mean IoU", shown(evaluation.meanOverlap()), "of the clear capillaries found and their boxes")
                .row(
                        "density, median relative error",
                        percent(agreement.medianRelativeError(), "%.1f %%"),
                        "without faint capillaries, over " + agreement.pairs().size() + " frames")
                .row("density, bias", percent(bias, "%+.4f %%"), "measured - truth, in per cent of the frame")
                .row(
                        "density, limits of agreement",
                        percent(limit(bias, reach, -1), "%+.4f %%"),
                        "to " + percent(limit(bias, reach, 1), "%+.4f %%") + " (bias -/+ 1.96 standard deviations)")
                .lines("");
    }

    private static String shown(OptionalDouble value) {
        return value.isPresent() ? Rows.number(value.getAsDouble(), 3) : "-";
    }

    private static String percent(OptionalDouble value, String format) {
        return value.isPresent() ? String.format(Locale.ROOT, format, PERCENT * value.getAsDouble()) : "-";
    }
}
