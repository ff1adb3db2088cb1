// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Linux tells of itself and its processes in `/proc`; nothing elsewhere.
final class ProcFiles {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final double KIB_PER_MEGABYTE = 1e6 / 1024;

    private ProcFiles() {}

    /// Memory of a process, 10^6 bytes; 0 if it is not known.
    static double megabytes(long process) {
        return lines(Path.of("/proc", Long.toString(process), "status")).stream()
                .map(RESIDENT::matcher)
                .filter(Matcher::matches)
                .mapToDouble(line -> Long.parseLong(line.group(1)) / KIB_PER_MEGABYTE)
                .findFirst()
                .orElse(0);
    }

    /// A file's lines; none if it is not there, as where a process has just ended.
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }
}
