// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.fastpipeline.core.error.OutputException;

/// Frames to measure with: image files, begun anew where there are too few.
///
/// @param files at least one
record FrameSet(ImmutableList<Path> files) {
    /// Makes a folder of `count` frames, `frame-00000.png` and so on: links where the system has them, else copies.
    Path folder(Path folder, int count) {
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < count; i++) {
                Path file = files.get(i % files.size()).toAbsolutePath();
                String name = file.getFileName().toString();
                String type = name.substring(name.lastIndexOf('.'));
                Path link = folder.resolve(String.format(Locale.ROOT, "frame-%05d%s", i, type));
                try {
                    Files.createSymbolicLink(link, file);
                } catch (UnsupportedOperationException | IOException noLinks) {
                    Files.copy(file, link);
                }
            }
            return folder;
        } catch (IOException failure) {
            throw new OutputException(
                    folder.toString(), "the frames cannot be gathered there", "Is there room?", failure);
        }
    }

    /// How many frames among `count` are different files.
    int distinct(int count) {
        return Math.min(count, files.size());
    }
}
