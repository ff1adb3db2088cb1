// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar with the time that is left; it goes away at the end.
///
/// Of fixed width: asking a terminal for its width makes some of them answer into what is typed next.
final class ProgressOnTerminal implements Progress {
    private static final int REFRESH_MILLISECONDS = 250;
    private static final long UNKNOWN = -1;

    private final ProgressBar bar;
    private final Pace pace = new Pace(System::nanoTime);

    /// @param frames how many there will be, where that is known
    /// @param out the terminal
    ProgressOnTerminal(OptionalLong frames, PrintWriter out) {
        this.bar = new ProgressBarBuilder()
                .setTaskName("frames")
                .setInitialMax(frames.orElse(UNKNOWN))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setEtaFunction(_ -> left(frames))
                .clearDisplayOnFinish()
                .setConsumer(new Line(out))
                .build();
    }

    private Optional<Duration> left(OptionalLong frames) {
        OptionalDouble seconds = frames.isEmpty() ? OptionalDouble.empty() : pace.left(frames.getAsLong());
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.round(seconds.getAsDouble())));
    }

    @Override
    public void step() {
        pace.step();
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }

    /// The one line that is written over and over.
    private record Line(PrintWriter out) implements ProgressBarConsumer {
        private static final int WIDTH = 79;

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String text) {
            out.print("\r" + text);
            out.flush();
        }

        @Override
        public void clear() {
            accept(" ".repeat(WIDTH) + "\r");
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
