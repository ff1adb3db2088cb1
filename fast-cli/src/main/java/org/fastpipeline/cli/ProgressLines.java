// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Progress for log files: a line every few seconds.
final class ProgressLines implements Progress {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(3);

    private final OptionalLong frames;
    private final PrintWriter out;
    private final Pace pace;
    private long lastLine;

    /// @param frames how many there will be, where that is known
    /// @param out where the lines go
    /// @param clock nanoseconds from some moment on
    ProgressLines(OptionalLong frames, PrintWriter out, LongSupplier clock) {
        this.frames = frames;
        this.out = out;
        this.pace = new Pace(clock);
    }

    @Override
    public void step() {
        long now = pace.step();
        if (now - lastLine >= INTERVAL) {
            lastLine = now;
            out.println(line(pace.done()));
            out.flush();
        }
    }

    private String line(long done) {
        if (frames.isEmpty()) {
            return String.format(
                    Locale.ROOT, "fast: %d frame%s, %.1f frames/s", done, done == 1 ? "" : "s", pace.rate());
        }
        long all = frames.getAsLong();
        String line = String.format(Locale.ROOT, "fast: %d of %d frames, %.1f frames/s", done, all, pace.rate());
        OptionalDouble left = pace.left(all);
        return left.isEmpty() ? line : line + String.format(Locale.ROOT, ", %.0f s left", left.getAsDouble());
    }

    @Override
    public void close() {
        out.flush();
    }
}
