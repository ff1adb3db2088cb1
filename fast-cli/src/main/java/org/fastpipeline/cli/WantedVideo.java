// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The video that a run is to write, if it is to write one, and what becomes of it: it is there when the run has come
/// to its end with a frame in it, and not otherwise.
final class WantedVideo implements AutoCloseable {
    private final Optional<Path> file;
    private final FilesBefore before;
    private final Speech speech;

    /// @param file where it is to be
    WantedVideo(Optional<Path> file, Speech speech) {
        this.file = file;
        this.before = FilesBefore.of(file.stream().toList());
        this.speech = speech;
    }

    /// Where it is, as the end of a line; empty if there is none.
    String place() {
        return file.filter(before::isWritten)
                .map(video -> ", video in " + video)
                .orElse("");
    }

    /// Says if it is not there though it was wanted.
    @Override
    public void close() {
        file.filter(video -> !before.isWritten(video))
                .ifPresent(video -> speech.note("the video " + video + " is not written"
                        + (Files.exists(video) ? "; what is there is of an earlier run" : "")));
    }
}
