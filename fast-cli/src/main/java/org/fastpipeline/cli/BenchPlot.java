// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.Lists;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Four plots in one picture: execution time and speedup of each side, cores in use and memory over time.
final class BenchPlot {
    private static final int WIDTH = 800 * PlotStyle.SCALE;
    private static final int HEIGHT = 380 * PlotStyle.SCALE;

    /// Samples for one point of a curve: half a second.
    private static final int LEAST_WINDOW = 5;

    private static final int MOST_POINTS = 60;

    private BenchPlot() {}

    /// The picture as a PNG file, or nothing where the machine cannot draw text, for want of fonts.
    ///
    /// @param more frames that a long run has more than a short one
    static Optional<byte[]> png(List<BenchSide> sides, int more) {
        double[] seconds = sides.stream()
                .mapToDouble(side -> side.marginal(ProcessRun::seconds, more))
                .toArray();
        double base = seconds[Math.max(0, indexOfSerial(sides))];
        List<Double> times = new ArrayList<>();
        List<Double> speedups = new ArrayList<>();
        for (double time : seconds) {
            times.add(time);
            speedups.add(base / time);
        }
        return PlotStyle.drawn(() -> joined(List.of(
                bars("execution time (s/frame)", sides, times, "%.3f"),
                bars("speedup", sides, speedups, "%.1f"),
                curves("cores in use", sides, ProcessRun.Sample::cores),
                curves("resident memory (MB)", sides, ProcessRun.Sample::megabytes))));
    }

    private static int indexOfSerial(List<BenchSide> sides) {
        return sides.stream().map(BenchSide::name).toList().indexOf(BenchReport.PEER_SERIAL);
    }

    private static Chart<?, ?> bars(String title, List<BenchSide> sides, List<Double> values, String format) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .yAxisTitle(title)
                .build();
        PlotStyle.apply(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler()
                .setLabelsVisible(true)
                .setLabelsFont(PlotStyle.LABELS)
                .setLabelsPosition(1.06)
                .setAvailableSpaceFill(0.5);
        chart.getStyler().setYAxisDecimalPattern("0.##").setYAxisMin(0.0);
        chart.getStyler()
                .setYAxisMax(1.15
                        * values.stream().mapToDouble(Double::doubleValue).max().orElse(1));
        List<Double> shown = values.stream()
                .map(value -> Double.valueOf(String.format(Locale.ROOT, format, value)))
                .toList();
        chart.addSeries("values", sides.stream().map(BenchSide::name).toList(), shown)
                .setFillColor(PlotStyle.FRONT);
        return chart;
    }

    private static Chart<?, ?> curves(String title, List<BenchSide> sides, ToDoubleFunction<ProcessRun.Sample> value) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("seconds since the start of a long run")
                .yAxisTitle(title)
                .build();
        PlotStyle.apply(chart.getStyler());
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendVisible(true);
        chart.getStyler().setYAxisMin(0.0);
        for (int i = 0; i < sides.size(); i++) {
            List<ProcessRun.Sample> samples = smoothed(sides.get(i).last().samples());
            if (!samples.isEmpty()) {
                Color colour = i == 0 ? PlotStyle.FRONT : PlotStyle.MORE.get((i - 1) % PlotStyle.MORE.size());
                chart.addSeries(
                                sides.get(i).name(),
                                samples.stream()
                                        .mapToDouble(ProcessRun.Sample::second)
                                        .toArray(),
                                samples.stream().mapToDouble(value).toArray())
                        .setMarker(SeriesMarkers.NONE)
                        .setLineColor(colour)
                        .setLineStyle(PlotStyle.SOLID);
            }
        }
        return chart;
    }

    /// Means of some samples each, as many as a plot can show; times are those of the last of them.
    private static List<ProcessRun.Sample> smoothed(List<ProcessRun.Sample> samples) {
        int window = Math.max(LEAST_WINDOW, samples.size() / MOST_POINTS);
        List<ProcessRun.Sample> means = new ArrayList<>();
        for (List<ProcessRun.Sample> some : Lists.partition(samples, window)) {
            means.add(new ProcessRun.Sample(
                    some.getLast().second(),
                    some.stream()
                            .mapToDouble(ProcessRun.Sample::cores)
                            .average()
                            .orElse(0),
                    some.stream()
                            .mapToDouble(ProcessRun.Sample::megabytes)
                            .average()
                            .orElse(0)));
        }
        return means;
    }

    private static byte[] joined(List<Chart<?, ?>> charts) throws IOException {
        BufferedImage picture = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < charts.size(); i++) {
            Graphics2D part =
                    (Graphics2D) picture.createGraphics().create(i % 2 * WIDTH, i / 2 * HEIGHT, WIDTH, HEIGHT);
            charts.get(i).paint(part, WIDTH, HEIGHT);
            part.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
