// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.render.Panels.Panel;

/// Draws a [PlotLayer].
final class PlotDrawing<T> implements Drawing {
    private static final double NANOS = 1e9;
    private static final Colour GRID = Colour.WHITE.withAlpha(0.25);
    private static final double GAP = 4;
    private static final double THIN = 1;
    private static final double THICK = 1.5;

    private final PlotLayer<T> layer;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long frames;
    private boolean timed;

    PlotDrawing(PlotLayer<T> layer) {
        this.layer = layer;
    }

    /// A frame's number; not finite where there is none.
    private record Sample(double time, double number) {}

    @Override
    public void take(Values values) {
        Metadata metadata = values.metadata(layer.port());
        Optional<Duration> time = metadata.get(Metadata.TIME);
        // A window leaves out frames: their places in the recording tell how many.
        double place = metadata.get(Metadata.INDEX).orElse(frames++);
        double now = time.map(since -> since.toNanos() / NANOS).orElse(place);
        if (time.isPresent() != timed || (!samples.isEmpty() && now < samples.getLast().time)) {
            samples.clear();
            timed = time.isPresent();
        }
        double number = values.get(layer.port())
                .map(value -> layer.number().applyAsDouble(value))
                .orElse(Double.NaN);
        samples.addLast(new Sample(now, number));
        if (samples.size() > layer.last()) {
            samples.removeFirst();
        }
    }

    @Override
    public void draw(Canvas canvas) {
        DoubleSummaryStatistics numbers = samples.stream()
                .mapToDouble(Sample::number)
                .filter(Double::isFinite)
                .summaryStatistics();
        if (numbers.getCount() == 0) {
            return;
        }
        Panel room = canvas.panels().room(layer.corner());
        double line = TextSize.line(layer.size());
        double height = Math.min(layer.height(), room.height());
        if (height < 4 * line) {
            return; // Letters alone would be no plot.
        }
        canvas.panels()
                .add(layer.corner(), Math.min(layer.width(), room.width()), height, canvas.pen())
                .ifPresent(inside -> draw(inside, Scale.of(numbers.getMin(), numbers.getMax()), canvas.pen()));
    }

    private void draw(Panel inside, Scale scale, Pen pen) {
        double line = TextSize.line(layer.size());
        String low = Round.number(scale.low, scale.step);
        String high = Round.number(scale.high, scale.step);
        double left = Math.max(pen.textWidth(low, layer.size()), pen.textWidth(high, layer.size())) + GAP;
        Panel area = new Panel(
                inside.x() + left,
                inside.y() + line + GAP,
                inside.width() - left,
                inside.height() - 2 * line - 2 * GAP);
        if (area.width() < left) {
            return;
        }
        String title = pen.fitted(title(scale), layer.size(), inside.width());
        write(pen, inside.x(), inside.y() + line / 2, title, Pen.Align.LEFT);
        write(pen, area.x() - GAP, area.y(), high, Pen.Align.RIGHT);
        write(pen, area.x() - GAP, area.y() + area.height(), low, Pen.Align.RIGHT);
        double bottom = inside.y() + inside.height() - line / 2;
        write(pen, area.x(), bottom, time(samples.getFirst()), Pen.Align.LEFT);
        write(pen, area.x() + area.width(), bottom, time(samples.getLast()), Pen.Align.RIGHT);
        for (int i = 0; i <= scale.steps(); i++) {
            double y = area.y() + area.height() * i / scale.steps();
            pen.line(new double[] {area.x(), y, area.x() + area.width(), y}, false, GRID, THIN);
        }
        drawLine(area, scale, pen);
    }

    private void write(Pen pen, double x, double y, String text, Pen.Align align) {
        pen.text(x, y, text, align, layer.size(), Colour.WHITE);
    }

    /// What the number is, and its last value.
    private String title(Scale scale) {
        double last = samples.getLast().number;
        String unit = layer.unit().isEmpty() ? "" : " " + layer.unit();
        return layer.title() + (Double.isFinite(last) ? ": " + Round.number(last, scale.step / 10) + unit : "");
    }

    private String time(Sample sample) {
        return timed ? Round.number(sample.time, 0.1) + " s" : "frame " + Math.round(sample.time);
    }

    /// The line, in pieces between gaps; a number between two gaps is a dot.
    private void drawLine(Panel area, Scale scale, Pen pen) {
        double begin = samples.getFirst().time;
        double length = Math.max(samples.getLast().time - begin, Double.MIN_NORMAL);
        double[] points = new double[2 * samples.size()];
        int count = 0;
        for (Sample sample : samples) {
            if (Double.isFinite(sample.number)) {
                points[count++] = area.x() + area.width() * (sample.time - begin) / length;
                points[count++] = area.y() + area.height() * (scale.high - sample.number) / (scale.high - scale.low);
            } else {
                drawPiece(Arrays.copyOf(points, count), pen);
                count = 0;
            }
        }
        drawPiece(Arrays.copyOf(points, count), pen);
    }

    private void drawPiece(double[] points, Pen pen) {
        if (points.length == 2) {
            pen.disc(points[0], points[1], THICK, layer.colour());
        } else if (points.length > 2) {
            pen.line(points, false, layer.colour(), THICK);
        }
    }

    /// From where to where the numbers' axis reaches, in round steps.
    private record Scale(double low, double high, double step) {
        private static final double LEAST = 1e-12;

        static Scale of(double least, double greatest) {
            double span = Math.max(greatest - least, Math.max(Math.abs(greatest) * LEAST, LEAST));
            double step = Round.down(greatest > least ? span / 2 : Math.max(Math.abs(greatest) / 10, LEAST));
            double low = Math.floor(least / step) * step;
            double high = Math.ceil(greatest / step) * step;
            return high > low ? new Scale(low, high, step) : new Scale(low - step, high + step, step);
        }

        long steps() {
            return Math.round((high - low) / step);
        }
    }
}
