// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Takes the time and the memory of a soak, prints a table while it goes on, and judges the slope.
final class SoakLog {
    private static final double MOST = 1;
    private static final int LINES = 60;
    private static final double MIB = 1 << 20;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final SoakOptions options;
    private final Pacer pacer;
    private final Ledger ledger;
    private final PrintStream out;
    private final MemoryTrend trend = new MemoryTrend();
    private final long begun = System.nanoTime();
    private final NativeHeap nativeHeap = new NativeHeap();
    private Duration nextLook = Duration.ZERO;
    private Duration nextLine = Duration.ZERO;

    SoakLog(SoakOptions options, Pacer pacer, Ledger ledger, PrintStream out) {
        this.options = options;
        this.pacer = pacer;
        this.ledger = ledger;
        this.out = out;
    }

    void begin() {
        say(
                "Soak of %d s, seed %d, %s frames/s, %d cores, warm-up %d s, memory every %.1f s",
                options.length().toSeconds(),
                options.seed(),
                options.rate() > 0 ? "at most " + options.rate() : "any number of",
                Runtime.getRuntime().availableProcessors(),
                options.warmUp().toSeconds(),
                options.interval().toMillis() / 1e3);
        say(
                "%8s %9s %8s %9s %9s %9s %9s %8s %8s %8s",
                "time/s",
                "frames",
                "runs",
                "RSS/MiB",
                "live/MiB",
                "heap/MiB",
                "other/MiB",
                "threads",
                "files",
                "leases");
    }

    /// Whether the time is up.
    boolean isOver() {
        return elapsed().compareTo(options.length()) >= 0;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// Looks at the memory if it is time to, and prints a line if it is time to.
    void tick(long runs) throws IOException {
        Duration now = elapsed();
        if (now.compareTo(nextLook) < 0) {
            return;
        }
        nextLook = now.plus(options.interval());
        OptionalLong resident = MemoryTrend.resident();
        if (resident.isPresent() && now.compareTo(options.warmUp()) >= 0) {
            trend.add(pacer.frames(), resident.getAsLong());
        }
        if (now.compareTo(nextLine) >= 0) {
            nextLine = now.plus(options.length().dividedBy(LINES));
            line(now, runs, resident);
        }
    }

    private void line(Duration now, long runs, OptionalLong resident) throws IOException {
        say(
                "%8.1f %9d %8d %9s %9s %9.1f %9.1f %8d %8s %8d",
                now.toMillis() / 1e3,
                pacer.frames(),
                runs,
                mebibytes(resident),
                mebibytes(nativeHeap.inUse()),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB,
                committedBesideHeap() / MIB,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                descriptors(),
                ledger.leases());
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent() ? String.format(Locale.ROOT, "%.1f", bytes.getAsLong() / MIB) : "-";
    }

    /// Classes and compiled code.
    private static long committedBesideHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.NON_HEAP)
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getCommitted())
                .sum();
    }

    private static String descriptors() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return "-";
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return Long.toString(open.count());
        }
    }

    /// A sentence if memory grew too fast; says so where that cannot be known.
    List<String> judge() throws IOException {
        if (MemoryTrend.resident().isEmpty()) {
            say("Memory not judged: this system has no /proc/self/status. Only results and what is left over count.");
            return List.of();
        }
        Duration measured = options.length().minus(options.warmUp());
        if (measured.compareTo(options.measured()) < 0 || trend.frames() < options.frames()) {
            say(
                    "Memory not judged: measured for %d s over %d frames; needed %d s and %d frames after the warm-up. "
                            + "Only results and what is left over count.",
                    measured.toSeconds(), trend.frames(), options.measured().toSeconds(), options.frames());
            return List.of();
        }
        double slope = trend.slope();
        say(
                "Memory: %+.3f MiB in %d frames (Theil-Sen slope of %d samples over %d frames); at most %.1f",
                slope, MemoryTrend.PER_FRAMES, trend.samples(), trend.frames(), MOST);
        return slope <= MOST
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "Leaked memory: it grew by %.2f MiB in %d frames; needed at most %.1f.",
                        slope,
                        MemoryTrend.PER_FRAMES,
                        MOST));
    }

    void end(long runs, List<String> broken) throws IOException {
        line(elapsed(), runs, MemoryTrend.resident());
        broken.forEach(sentence -> say("BROKEN: %s", sentence));
        say(
                "%s: %d frames in %d runs and %d s, seed %d",
                broken.isEmpty() ? "Passed" : "Failed",
                pacer.frames(),
                runs,
                elapsed().toSeconds(),
                options.seed());
    }

    @FormatMethod
    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
