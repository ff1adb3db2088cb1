// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Progress for log files: a line every few seconds.
final class ProgressLines implements Progress {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(3);

    private final OptionalLong frames;
    private final PrintWriter out;
    private final LongSupplier clock;
    private final long start;
    private long lastLine;
    private long done;

    /// @param frames how many there will be, where that is known
    /// @param out where the lines go
    /// @param clock nanoseconds from some moment on
    ProgressLines(OptionalLong frames, PrintWriter out, LongSupplier clock) {
        this.frames = frames;
        this.out = out;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.lastLine = start;
    }

    @Override
    public void step() {
        done++;
        long now = clock.getAsLong();
        if (now - lastLine >= INTERVAL) {
            lastLine = now;
            out.println(line((now - start) / 1e9));
            out.flush();
        }
    }

    private String line(double seconds) {
        double rate = done / seconds;
        if (frames.isEmpty()) {
            return String.format(Locale.ROOT, "fast: %d frame%s, %.1f frames/s", done, done == 1 ? "" : "s", rate);
        }
        long all = frames.getAsLong();
        return String.format(
                Locale.ROOT,
                "fast: %d of %d frames, %.1f frames/s, %.0f s left",
                done,
                all,
                rate,
                Math.max(0, all - done) / rate);
    }

    @Override
    public void close() {
        out.flush();
    }
}
