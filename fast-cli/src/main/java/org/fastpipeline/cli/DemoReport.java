// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The demonstration's report: one HTML page with its pictures in it, which fetches nothing.
///
/// @param done what was done
/// @param frames the frames, in order
/// @param plot density over frames, as a PNG file
record DemoReport(FrameJob.Done done, List<Frame> frames, Optional<byte[]> plot) {
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final double PERCENT = 100;

    /// One frame of the report.
    ///
    /// @param row its numbers
    /// @param drawn the density that was drawn into it, if it is known
    /// @param overlay its picture, as a JPEG file
    record Frame(FrameResult row, Optional<Double> drawn, Optional<byte[]> overlay) {
        boolean ok() {
            return row.cell("status").equals("ok");
        }
    }

    /// The page.
    String html() {
        RunRecord record = done.record();
        Map<String, String> values = Map.of(
                "mean",
                        percent(frames.stream()
                                .filter(Frame::ok)
                                .mapToDouble(DemoReport::density)
                                .average()
                                .orElse(0)),
                "frames", Long.toString(done.tally().frames()),
                "capillaries",
                        Long.toString(frames.stream()
                                .filter(Frame::ok)
                                .mapToLong(DemoReport::capillaries)
                                .sum()),
                "rate", String.format(Locale.ROOT, "%.1f", record.framesPerSecond()),
                "plot",
                        plot.map(DemoReport::plot)
                                .orElse("<p>This machine has no fonts to draw the plot with; "
                                        + "on Debian and Ubuntu, install fontconfig and fonts-dejavu-core.</p>"),
                "rows", frames.stream().map(DemoReport::row).collect(Collectors.joining("\n")),
                "overlays", frames.stream().map(DemoReport::figure).collect(Collectors.joining()),
                "engine",
                        escaped(record.engine().engine() + " " + record.engine().version()),
                "model", escaped(record.model().name() + " " + record.model().version()),
                "threads", escaped(record.threads().toString()));
        return HOLE.matcher(template())
                .replaceAll(hole -> Matcher.quoteReplacement(values.getOrDefault(hole.group(1), "")));
    }

    private static String row(Frame frame) {
        FrameResult row = frame.row;
        String numbers = frame.ok()
                ? cell(row.cell("rois")) + cell(row.cell("capillaries")) + cell(percent(density(frame)))
                : "<td></td><td></td><td></td>";
        String drawn = cell(frame.drawn.map(DemoReport::percent).orElse(""));
        return "<tr>" + cell(Long.toString(row.frame())) + "<td class=\"text\">" + escaped(row.cell("source")) + "</td>"
                + numbers
                + drawn
                + cell(row.cell("milliseconds").isEmpty() ? "" : row.cell("milliseconds") + " ms") + "<td class=\"text"
                + (frame.ok() ? "" : " bad") + "\">" + escaped(row.cell("status")) + "</td></tr>";
    }

    private static String cell(String text) {
        return "<td>" + escaped(text) + "</td>";
    }

    private static String plot(byte[] png) {
        return "<div class=\"card plot\"><img alt=\"Density over frames\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png) + "\"></div>";
    }

    private static String figure(Frame frame) {
        return frame.overlay
                .map(jpeg -> "<figure class=\"card\"><img loading=\"lazy\" alt=\"Capillaries found in "
                        + escaped(frame.row.cell("source")) + "\" src=\"data:image/jpeg;base64,"
                        + Base64.getEncoder().encodeToString(jpeg) + "\"><figcaption><span>"
                        + escaped(frame.row.cell("source")) + "</span><span class=\"soft\">"
                        + capillaries(frame) + " capillaries, " + percent(density(frame))
                        + "</span></figcaption></figure>\n")
                .orElse("");
    }

    private static long capillaries(Frame frame) {
        return Long.parseLong(frame.row.cell("capillaries"));
    }

    static double density(Frame frame) {
        return Double.parseDouble(frame.row.cell("density"));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * PERCENT);
    }

    /// Text as HTML, safe in elements and in quoted attributes.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String template() {
        try (InputStream in = DemoReport.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IOException("report.html is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException("the program's own jar cannot be read", damaged);
        }
    }
}
