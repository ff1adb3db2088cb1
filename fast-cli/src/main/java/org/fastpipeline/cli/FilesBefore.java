// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fastpipeline.core.error.OutputException;

/// Files as they were before a run, which tell what it wrote from what was there already.
///
/// @param times when each was last written
record FilesBefore(ImmutableMap<Path, FileTime> times) {
    /// Those of a folder but for hidden ones; none if there is no such folder.
    static FilesBefore in(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return of(files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .toList());
        } catch (IOException | UncheckedIOException failure) {
            throw new OutputException(folder.toString(), "it cannot be looked into", "Choose another folder", failure);
        }
    }

    /// Those of some files that are there.
    static FilesBefore of(List<Path> files) {
        ImmutableMap.Builder<Path, FileTime> times = ImmutableMap.builder();
        files.forEach(file -> time(file).ifPresent(time -> times.put(file, time)));
        return new FilesBefore(times.buildOrThrow());
    }

    private static Optional<FileTime> time(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.getLastModifiedTime(file)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// How many of them are there and are what they were.
    long left() {
        return times.keySet().stream().filter(this::isLeft).count();
    }

    private boolean isLeft(Path file) {
        return time(file).equals(Optional.ofNullable(times.get(file)));
    }

    /// Whether `file` has been written since.
    boolean isWritten(Path file) {
        return Files.isRegularFile(file) && !isLeft(file);
    }
}
