// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// How the resident memory of this process grows with the frames that went through.
///
/// The slope is that of Theil and Sen: the median of the slopes of all pairs of samples (P. K. Sen, Estimates of the
/// regression coefficient based on Kendall's tau, 1968). Up to 29 % of the samples may be anything, so a compiler
/// thread's moment of work does not tilt it, as it does a least-squares fit.
final class MemoryTrend {
    static final int PER_FRAMES = 10_000;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double MIB = 1 << 20;

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(long frames, long bytes) {}

    /// Bytes of this process that are in memory now; nothing on systems that do not show them where Linux does.
    static OptionalLong resident() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(RESIDENT)) {
                return OptionalLong.of(1024 * Long.parseLong(line.replaceAll("[^0-9]", "")));
            }
        }
        return OptionalLong.empty();
    }

    void add(long frames, long bytes) {
        samples.add(new Sample(frames, bytes));
    }

    int samples() {
        return samples.size();
    }

    /// Frames between the first sample and the last.
    long frames() {
        return samples.isEmpty() ? 0 : samples.getLast().frames - samples.getFirst().frames;
    }

    /// MiB in [#PER_FRAMES] frames; 0 if there are no two samples.
    double slope() {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            for (int j = i + 1; j < samples.size(); j++) {
                Sample one = samples.get(i);
                Sample other = samples.get(j);
                if (other.frames > one.frames) {
                    slopes.add((other.bytes - one.bytes) / MIB * PER_FRAMES / (other.frames - one.frames));
                }
            }
        }
        slopes.sort(null);
        int middle = slopes.size() / 2;
        return slopes.isEmpty()
                ? 0
                : slopes.size() % 2 == 1 ? slopes.get(middle) : (slopes.get(middle - 1) + slopes.get(middle)) / 2;
    }
}
