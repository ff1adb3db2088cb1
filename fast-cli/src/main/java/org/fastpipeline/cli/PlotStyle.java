// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/// How all plots look; they are drawn twice as large as they are shown, to be sharp on dense screens.
final class PlotStyle {
    /// Pixels of a plot for one at which it is shown.
    static final int SCALE = 2;

    /// What a plot is about.
    static final Color FRONT = new Color(0x0b6e4f);

    /// What it is compared with.
    static final Color BACK = new Color(0xa9b4bd);

    /// Further colours, for plots of more than two things: told apart by people who see red and green alike.
    static final ImmutableList<Color> MORE =
            ImmutableList.of(new Color(0xd55e00), new Color(0x0072b2), new Color(0xcc79a7), new Color(0x8a6d00));

    /// Of what is measured.
    static final BasicStroke SOLID = new BasicStroke(2f * SCALE);

    /// Of what it is compared with, and of limits.
    static final BasicStroke DASHED = new BasicStroke(
            2f * SCALE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5 * SCALE, 4 * SCALE}, 0);

    /// Of all text.
    static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 13 * SCALE);

    /// Of all text.
    static final Color TEXT = new Color(0x4a5560);

    private static final Color GRID = new Color(0xe3e8ec);

    private PlotStyle() {}

    /// A plot as a PNG file, or nothing where the machine cannot draw text, for want of fonts.
    static Optional<byte[]> png(Supplier<? extends IChart> chart) {
        return drawn(() -> ChartEncoder.getBytes(chart.get(), "png"));
    }

    /// What was drawn, or nothing where the machine cannot draw text, for want of fonts.
    static Optional<byte[]> drawn(Drawing drawing) {
        try {
            return Optional.of(drawing.bytes());
        } catch (IOException | RuntimeException | Error noFonts) {
            // Without fonts, or without the libraries that read them, the JDK throws an Error of no particular class.
            return Optional.empty();
        }
    }

    /// Makes the bytes of a picture.
    @FunctionalInterface
    interface Drawing {
        /// The file.
        byte[] bytes() throws IOException;
    }

    /// Makes a plot look as all do.
    static void apply(AxesChartStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setLegendPosition(LegendPosition.InsideNE)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLegendBackgroundColor(Color.WHITE)
                .setLegendFont(LABELS)
                .setLegendSeriesLineLength(24 * SCALE)
                .setChartTitleVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartFontColor(TEXT)
                .setMarkerSize(8 * SCALE)
                .setChartPadding(6 * SCALE);
        styler.setAxisTitleFont(LABELS)
                .setAxisTickLabelsFont(LABELS)
                .setAxisTickLabelsColor(TEXT)
                .setAxisTickMarksColor(GRID)
                .setYAxisTickMarkSpacingHint(44 * SCALE)
                .setAxisTickPadding(4 * SCALE)
                .setAxisTitlePadding(8 * SCALE)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(SCALE))
                .setPlotGridVerticalLinesVisible(false);
    }
}
