// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fastpipeline.core.error.InputException;

/// Reads the times of frames from a text file: milliseconds, one a line, never less than the line before.
final class Timestamps {
    private static final double NANOS = 1e6;

    private Timestamps() {}

    /// The times, counted from the first.
    ///
    /// @param count how many there must be
    /// @throws InputException if the file cannot be read, or a line is no time, or there are more or fewer
    static ImmutableList<Duration> read(String file, int count) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException failure) {
            throw FileFault.unreadable(Path.of(file), failure);
        }
        if (lines.size() != count) {
            throw new InputException(
                    file, "it has " + lines.size() + " times for " + count + " files", "Give one for each file", null);
        }
        ImmutableList.Builder<Duration> times = ImmutableList.builder();
        double before = Double.NEGATIVE_INFINITY;
        for (String line : lines) {
            double time = milliseconds(file, line);
            if (!(time >= before)) {
                throw new InputException(file, "time " + line + " comes after " + before, "Sort the times", null);
            }
            before = time;
            times.add(Duration.ofNanos(Math.round((time - milliseconds(file, lines.getFirst())) * NANOS)));
        }
        return times.build();
    }

    private static double milliseconds(String file, String line) {
        try {
            double time = Double.parseDouble(line.strip());
            if (Double.isFinite(time)) {
                return time;
            }
        } catch (NumberFormatException notANumber) {
            // It is said below, as for numbers that are no time.
        }
        throw new InputException(file, "'" + line + "' is no time in milliseconds", "Give one number a line", null);
    }
}
