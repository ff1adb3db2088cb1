// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Density over frames, as a picture.
final class DensityPlot {
    /// Width at which it is to be shown, in CSS pixels.
    static final int SHOWN_WIDTH = 960;

    private static final int SHOWN_HEIGHT = 300;
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
        return PlotStyle.png(() -> chart(frames, lines));
    }

    private static XYChart chart(List<Long> frames, List<Line> lines) {
        XYChart chart = new XYChartBuilder()
                .width(SHOWN_WIDTH * PlotStyle.SCALE)
                .height(SHOWN_HEIGHT * PlotStyle.SCALE)
                .xAxisTitle("frame")
                .yAxisTitle("density (%)")
                .build();
        PlotStyle.apply(chart.getStyler());
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
            series.setLineColor(front ? PlotStyle.FRONT : PlotStyle.BACK)
                    .setLineStyle(front ? PlotStyle.SOLID : PlotStyle.DASHED);
            series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(front ? PlotStyle.FRONT : PlotStyle.BACK);
        }
        return chart;
    }
}
