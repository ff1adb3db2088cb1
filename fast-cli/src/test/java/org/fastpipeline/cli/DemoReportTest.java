// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.awt.GraphicsEnvironment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.inference.EngineChoice;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.measure.Durations;
import org.fastpipeline.core.measure.RunReport;
import org.fastpipeline.core.run.ThreadPlan;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    private static final String HOSTILE = "<script>alert(\"1\")</script>&'$1\\{{rate}}";

    @Test
    void textFromOutsideIsEscaped() {
        String html = report(frame(HOSTILE, "ok", "0.0123"));
        assertThat(html)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;$1\\{{rate}}");
    }

    @Test
    void frameThatFailedHasItsReasonInPlaceOfNumbers() {
        String html = report(frame("a.jpg", "the file is empty", ""), frame("b.jpg", "ok", "0.0123"));
        assertThat(html)
                .contains("<td class=\"text bad\">the file is empty</td>", "<td>1.23 %</td>")
                .contains("<dt>Capillaries</dt><dd>7</dd>");
    }

    @Test
    void machineWithoutFontsGetsAReportThatSaysSo() {
        assertThat(report(frame("a.jpg", "ok", "0.01"))).contains("This machine has no fonts");
    }

    @Test
    void plotIsAPictureOfTheRightKind() {
        assumeTrue(hasFonts(), "this machine has no fonts");
        Optional<byte[]> png = DensityPlot.png(List.of(0L), List.of(new DensityPlot.Line("measured", List.of(0.0))));
        assertThat(png).isPresent();
        assertThat(new String(png.get(), StandardCharsets.ISO_8859_1)).startsWith("\u0089PNG");
    }

    private static boolean hasFonts() {
        try {
            return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0;
        } catch (RuntimeException | Error none) {
            return false;
        }
    }

    private static DemoReport.Frame frame(String source, String status, String density) {
        return new DemoReport.Frame(
                new FrameResult(
                        0,
                        ImmutableMap.of(
                                "source",
                                source,
                                "status",
                                status,
                                "density",
                                density,
                                "rois",
                                "9",
                                "capillaries",
                                "7")),
                Optional.empty(),
                Optional.empty());
    }

    private static String report(DemoReport.Frame... frames) {
        Tally tally = new Tally();
        tally.done();
        tally.failed(new InputException("a.jpg", "the file is empty", "Copy it again", null));
        RunRecord record = new RunRecord(
                ImmutableList.of("frames"),
                tally,
                ImmutableMap.of(),
                Duration.ofSeconds(1),
                new EngineChoice("abacus", "1", ImmutableList.of("CPU"), "f32", "because"),
                ModelDescriptor.read(Fast.HOME.model("capillary")),
                ModelDescriptor.read(Fast.HOME.model("capillary")).files().getFirst(),
                0.5,
                ThreadPlan.ofCores(),
                0,
                new RunReport(
                        0,
                        0,
                        0,
                        ImmutableMap.of(),
                        0,
                        ImmutableMap.of(),
                        Durations.Summary.NONE,
                        ImmutableMap.of(),
                        0));
        return new DemoReport(new FrameJob.Done(tally, record, "", ""), List.of(frames), Optional.empty()).html();
    }
}
