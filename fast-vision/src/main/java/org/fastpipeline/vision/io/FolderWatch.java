// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.TimeSource;

/// Looks at a folder again and again, and gives out the files that have arrived.
final class FolderWatch implements Source.Cursor<Path> {
    private static final double SECOND = 1e9;

    private final Path folder;
    private final long settle;
    private final long idle;
    private final String endFile;
    private final TimeSource clock;
    private final long begun;

    private final Set<Path> taken = new HashSet<>();
    private final Deque<Path> arrived = new ArrayDeque<>();
    private Map<Path, Stamp> waiting = Map.of();
    private long nextLook;
    private long changed;
    private boolean ending;
    private long index;

    /// What changes when a file is written to.
    private record Stamp(long size, FileTime time) {}

    FolderWatch(Path folder, double settle, double idle, String endFile, TimeSource clock) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder.toString(), "there is no such folder", "Make it, or check the name", null);
        }
        this.folder = folder;
        this.settle = Math.round(settle * SECOND);
        this.idle = Math.round(idle * SECOND);
        this.endFile = endFile;
        this.clock = clock;
        this.begun = clock.nanoTime();
        this.nextLook = begun;
        this.changed = begun;
    }

    @Override
    public Next<Path> next() throws InterruptedException {
        while (arrived.isEmpty()) {
            if (ending && waiting.isEmpty()) {
                return new Next.End<>();
            }
            clock.sleepUntil(nextLook);
            nextLook = clock.nanoTime() + settle;
            look();
        }
        Path file = arrived.remove();
        return new Next.Item<>(
                file,
                Metadata.EMPTY
                        .with(Metadata.INDEX, index++)
                        .with(Metadata.ORIGIN, file.toString())
                        .with(Metadata.TIME, Duration.ofNanos(clock.nanoTime() - begun)));
    }

    private void look() {
        // First, so that what was written before the end file is seen below.
        boolean ends = !endFile.isEmpty() && Files.exists(folder.resolve(endFile));
        Map<Path, Stamp> present = list();
        taken.retainAll(present.keySet());
        present.keySet().removeAll(taken);
        if (!present.equals(waiting)) {
            changed = clock.nanoTime();
        }
        ending = ends || (idle > 0 && clock.nanoTime() - changed >= idle);
        present.entrySet().stream()
                .filter(entry -> entry.getValue().equals(waiting.get(entry.getKey())))
                .filter(entry -> entry.getValue().size > 0 || ending)
                .sorted(Map.Entry.<Path, Stamp>comparingByValue(Comparator.comparing(Stamp::time))
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> arrived.add(entry.getKey()));
        taken.addAll(arrived);
        present.keySet().removeAll(taken);
        waiting = present;
    }

    private Map<Path, Stamp> list() {
        Map<Path, Stamp> present = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Inputs.hasImageName(file)
                        && !String.valueOf(file.getFileName()).equals(endFile)) {
                    add(file, present);
                }
            }
        } catch (IOException failure) {
            throw FileFault.unreadable(folder, failure);
        } catch (DirectoryIteratorException failure) {
            throw FileFault.unreadable(folder, new IOException(failure));
        }
        return present;
    }

    private static void add(Path file, Map<Path, Stamp> present) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                present.put(file, new Stamp(attributes.size(), attributes.lastModifiedTime()));
            }
        } catch (NoSuchFileException goneMeanwhile) {
            // It was renamed or removed; under its new name it is found by the next look.
        }
    }
}
