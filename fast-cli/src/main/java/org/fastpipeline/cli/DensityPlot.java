// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Density over frames, as a picture; twice as large as it is shown, to be sharp on dense screens.
final class DensityPlot {
    /// Width at which it is to be shown, in CSS pixels.
    static final int SHOWN_WIDTH = 960;

    private static final int SCALE = 2;
    private static final int SHOWN_HEIGHT = 300;
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 13 * SCALE);
    private static final Color FRONT = new Color(0x0b6e4f);
    private static final Color BACK = new Color(0xa9b4bd);
    private static final BasicStroke SOLID = new BasicStroke(2f * SCALE);
    private static final BasicStroke DASHED = new BasicStroke(
            2f * SCALE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5 * SCALE, 4 * SCALE}, 0);
    private static final Color TEXT = new Color(0x4a5560);
    private static final Color GRID = new Color(0xe3e8ec);
    private static final double PERCENT = 100;
    private static final double HEADROOM = 1.2;
    private static final double LEAST_TOP = 0.1;
    private static final int MOST_LABELS = 24;

    private DensityPlot() {}

    /// A line of the plot.
    ///
    /// @param name what it shows
    /// @param densities one for each frame, from 0 to 1
    record Line(String name, List<Double> densities) {
        private double[] percents() {
            return densities.stream().mapToDouble(value -> value * PERCENT).toArray();
        }
    }

    /// The plot as a PNG file, or nothing where the machine cannot draw text, for want of fonts.
    ///
    /// @param frames numbers of the frames, at least one
    /// @param lines at most two; the second stands back
    static Optional<byte[]> png(List<Long> frames, List<Line> lines) {
        try {
            return Optional.of(ChartEncoder.getBytes(chart(frames, lines), "png"));
        } catch (IOException | RuntimeException | Error noFonts) {
            // Without fonts, or without the libraries that read them, the JDK throws an Error of no particular class.
            return Optional.empty();
        }
    }

    private static XYChart chart(List<Long> frames, List<Line> lines) {
        XYChart chart = new XYChartBuilder()
                .width(SHOWN_WIDTH * SCALE)
                .height(SHOWN_HEIGHT * SCALE)
                .xAxisTitle("frame")
                .yAxisTitle("density (%)")
                .build();
        style(chart.getStyler());
        double most = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.percents()))
                .max()
                .orElse(0);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(Math.max(LEAST_TOP, most * HEADROOM));
        chart.getStyler()
                .setXAxisMin((double) frames.getFirst())
                .setXAxisMax((double) Math.max(frames.getLast(), frames.getFirst() + 1))
                .setXAxisMaxLabelCount(Math.min(frames.size(), MOST_LABELS))
                .setXAxisTickLabelsFormattingFunction(frame -> String.format(Locale.ROOT, "%.0f", frame));
        chart.getStyler().setLegendVisible(lines.size() > 1);
        double[] numbers = frames.stream().mapToDouble(Long::doubleValue).toArray();
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            boolean front = i == 0;
            XYSeries series = chart.addSeries(line.name(), numbers, line.percents());
            series.setLineColor(front ? FRONT : BACK).setLineStyle(front ? SOLID : DASHED);
            series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(front ? FRONT : BACK);
        }
        return chart;
    }

    private static void style(XYStyler styler) {
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
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(SCALE))
                .setPlotGridVerticalLinesVisible(false);
    }
}
