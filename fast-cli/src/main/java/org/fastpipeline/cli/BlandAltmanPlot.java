// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.awt.Color;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Difference of measured and true densities over their mean, with bias and limits of agreement (Bland and Altman
/// 1986), as a picture.
final class BlandAltmanPlot {
    private static final int SHOWN_WIDTH = 800;
    private static final int SHOWN_HEIGHT = 500;
    private static final double PERCENT = 100;
    private static final double MARGIN = 0.12;
    private static final double LEAST_SPAN = 0.02;

    /// Units of an axis from which on its ticks are whole.
    private static final double MANY = 8;

    private BlandAltmanPlot() {}

    /// The plot as a PNG file; nothing without frames, or where the machine has no fonts.
    static Optional<byte[]> png(Agreement agreement) {
        return agreement.pairs().isEmpty() ? Optional.empty() : PlotStyle.png(() -> chart(agreement));
    }

    private static XYChart chart(Agreement agreement) {
        XYChart chart = new XYChartBuilder()
                .width(SHOWN_WIDTH * PlotStyle.SCALE)
                .height(SHOWN_HEIGHT * PlotStyle.SCALE)
                .xAxisTitle("mean of measured and true density (% of the frame)")
                .yAxisTitle("measured - true density (% of the frame)")
                .build();
        PlotStyle.apply(chart.getStyler());
        chart.getStyler()
                .setXAxisTickMarkSpacingHint(100 * PlotStyle.SCALE)
                .setLegendVisible(false)
                .setAnnotationTextFont(PlotStyle.LABELS)
                .setAnnotationTextFontColor(PlotStyle.TEXT);
        double[] means = agreement.pairs().stream()
                .mapToDouble(pair -> pair.mean() * PERCENT)
                .toArray();
        double[] differences = agreement.pairs().stream()
                .mapToDouble(pair -> pair.difference() * PERCENT)
                .toArray();
        XYSeries frames = chart.addSeries("frames", means, differences);
        frames.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        frames.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(PlotStyle.FRONT);
        Lines lines = Lines.of(chart, agreement, means, differences);
        lines.add("bias", agreement.bias(), 0, PlotStyle.FRONT);
        OptionalDouble reach = agreement.reach();
        lines.add("+1.96 SD", agreement.bias(), reach.orElse(Double.NaN), PlotStyle.MORE.getFirst());
        lines.add("-1.96 SD", agreement.bias(), -reach.orElse(Double.NaN), PlotStyle.MORE.getFirst());
        return chart;
    }

    /// Lines across the plot, each with its name and value at its right end.
    private record Lines(XYChart chart, double left, double right, double up) {
        static Lines of(XYChart chart, Agreement agreement, double[] means, double[] differences) {
            double bias = agreement.bias().orElse(0) * PERCENT;
            double reach = agreement.reach().orElse(0) * PERCENT;
            double[] x = span(means, means[0], means[0]);
            double[] y = span(differences, Math.min(0, bias - reach), Math.max(0, bias + reach));
            double left = Math.max(0, x[0]); // no density is less
            double right = x[1] + MARGIN * (x[1] - left); // room for the names
            chart.getStyler()
                    .setXAxisMin(left)
                    .setXAxisMax(right)
                    .setXAxisDecimalPattern(pattern(right - left))
                    .setYAxisMin(y[0])
                    .setYAxisMax(y[1])
                    .setYAxisDecimalPattern(pattern(y[1] - y[0]));
            XYSeries zero = chart.addSeries("zero", new double[] {left, right}, new double[] {0, 0});
            zero.setMarker(SeriesMarkers.NONE).setLineColor(PlotStyle.BACK);
            zero.setLineStyle(PlotStyle.SOLID);
            return new Lines(chart, left, right, (y[1] - y[0]) * 0.028);
        }

        /// As many decimals for all ticks of an axis as its smallest step needs.
        private static String pattern(double span) {
            if (span > MANY) {
                return "0";
            }
            return span > MANY / 10 ? "0.0" : span > MANY / 100 ? "0.00" : "0.000";
        }

        private static double[] span(double[] values, double least, double most) {
            double low = least;
            double high = most;
            for (double value : values) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            double margin = Math.max(LEAST_SPAN, MARGIN * (high - low));
            return new double[] {low - margin, high + margin};
        }

        void add(String name, OptionalDouble bias, double distance, Color colour) {
            double at = (bias.orElse(Double.NaN) + distance) * PERCENT;
            if (Double.isNaN(at)) {
                return;
            }
            XYSeries line = chart.addSeries(name, new double[] {left, right}, new double[] {at, at});
            line.setMarker(SeriesMarkers.NONE).setLineColor(colour);
            line.setLineStyle(distance == 0 ? PlotStyle.SOLID : PlotStyle.DASHED);
            String text = String.format(Locale.ROOT, "%s  %+.3f %%", name, at);
            double beside = at < 0 ? at - up : at + up; // away from zero, whose line it would cross
            chart.addAnnotation(new AnnotationText(text, right - (right - left) * 0.1, beside, false));
        }
    }
}
