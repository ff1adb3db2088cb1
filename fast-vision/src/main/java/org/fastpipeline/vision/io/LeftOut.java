// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much of a folder is not read when the folder is an input; hidden files and folders are not counted, nor are
/// texts and tables, which nobody takes for pictures.
///
/// @param folder the folder
/// @param videos names of the files that are named as videos are, in order
/// @param folders names of the folders within, in order
/// @param others names of all other files, in order
record LeftOut(
        Path folder,
        ImmutableSortedSet<String> videos,
        ImmutableSortedSet<String> folders,
        ImmutableSortedSet<String> others) {
    private static final int MOST_NAMED = 3;
    private static final ImmutableSet<String> TEXTS = ImmutableSet.of("txt", "md", "csv", "json", "html", "log");
    private static final ImmutableSet<String> SAMPLES = ImmutableSet.of("raw", "zraw");

    /// Counts by names alone; opens no file.
    static LeftOut of(Path folder) {
        ImmutableSortedSet.Builder<String> videos = ImmutableSortedSet.naturalOrder();
        ImmutableSortedSet.Builder<String> folders = ImmutableSortedSet.naturalOrder();
        ImmutableSortedSet.Builder<String> others = ImmutableSortedSet.naturalOrder();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(".")) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    folders.add(name);
                } else if (MediaKind.hasVideoName(entry.toString())) {
                    videos.add(name);
                } else if (!Inputs.hasImageName(entry) && !isText(entry) && !isPartOfImage(entry)) {
                    others.add(name);
                }
            }
        } catch (IOException failure) {
            throw FileFault.unreadable(folder, failure);
        } catch (DirectoryIteratorException failure) {
            IOException cause = failure.getCause();
            throw FileFault.unreadable(folder, cause == null ? new IOException(failure) : cause);
        }
        return new LeftOut(folder, videos.build(), folders.build(), others.build());
    }

    /// The samples of a MetaImage are read with the header beside them.
    private static boolean isPartOfImage(Path file) {
        String name = com.google.common.io.Files.getNameWithoutExtension(file.toString());
        return SAMPLES.contains(com.google.common.io.Files.getFileExtension(file.toString())
                        .toLowerCase(Locale.ROOT))
                && Files.exists(file.resolveSibling(name + ".mhd"));
    }

    private static boolean isText(Path file) {
        return TEXTS.contains(
                com.google.common.io.Files.getFileExtension(file.toString()).toLowerCase(Locale.ROOT));
    }

    /// As in `gv: 2 videos (a.avi, b.avi) and 1 folder (old) are left out`; nothing where all is read.
    Optional<String> sentence() {
        int all = videos.size() + folders.size() + others.size();
        if (all == 0) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        add(parts, videos, "video");
        add(parts, folders, "folder");
        add(parts, others, "other file");
        String last = parts.removeLast();
        String list = parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
        return Optional.of(folder + ": " + list + (all == 1 ? " is" : " are") + " left out");
    }

    private static void add(List<String> parts, Collection<String> names, String kind) {
        if (!names.isEmpty()) {
            String some = String.join(", ", names.stream().limit(MOST_NAMED).toList());
            parts.add(names.size() + " " + kind + (names.size() == 1 ? "" : "s") + " (" + some
                    + (names.size() > MOST_NAMED ? " and more" : "") + ")");
        }
    }
}
