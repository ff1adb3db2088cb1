// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much of a folder is not read when the folder is an input; hidden files and folders are not counted, nor are
/// texts and tables, which nobody takes for pictures.
///
/// @param folder the folder
/// @param videos files that are named as videos are
/// @param folders folders within
/// @param others all other files
record LeftOut(Path folder, int videos, int folders, int others) {
    private static final ImmutableSet<String> TEXTS = ImmutableSet.of("txt", "md", "csv", "json", "html", "log");
    private static final ImmutableSet<String> SAMPLES = ImmutableSet.of("raw", "zraw");

    /// Counts by names alone; opens no file.
    static LeftOut of(Path folder) {
        int videos = 0;
        int folders = 0;
        int others = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (String.valueOf(entry.getFileName()).startsWith(".")) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    folders++;
                } else if (MediaKind.hasVideoName(entry.toString())) {
                    videos++;
                } else if (!Inputs.hasImageName(entry) && !isText(entry) && !isPartOfImage(entry)) {
                    others++;
                }
            }
        } catch (IOException failure) {
            throw FileFault.unreadable(folder, failure);
        } catch (DirectoryIteratorException failure) {
            IOException cause = failure.getCause();
            throw FileFault.unreadable(folder, cause == null ? new IOException(failure) : cause);
        }
        return new LeftOut(folder, videos, folders, others);
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

    /// As in `gv: 2 videos, 3 folders and 1 other file are left out`; nothing where all is read.
    Optional<String> sentence() {
        int all = videos + folders + others;
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

    private static void add(List<String> parts, int count, String name) {
        if (count > 0) {
            parts.add(count + " " + name + (count == 1 ? "" : "s"));
        }
    }
}
