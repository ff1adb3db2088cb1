// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedVideoTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private WantedVideo video(Path... file) {
        PrintWriter to = new PrintWriter(err);
        return new WantedVideo(
                Optional.of(file).filter(one -> one.length > 0).map(one -> one[0]), new Speech(to, to, false));
    }

    @Test
    void writtenVideoIsSaidToBeWhereItIs() throws IOException {
        Path file = folder.resolve("v.mp4");
        try (WantedVideo video = video(file)) {
            Files.writeString(file, "frames");
            assertThat(video.place()).isEqualTo(", video in " + file);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void videoThatWasNotWrittenIsToldOf() {
        Path file = folder.resolve("v.mp4");
        try (WantedVideo video = video(file)) {
            assertThat(video.place()).isEmpty();
        }
        assertThat(err.toString()).isEqualTo("fast: the video " + file + " is not written\n");
    }

    @Test
    void videoOfAnEarlierRunIsNotTakenForThatOfThisOne() throws IOException {
        Path file = Files.writeString(folder.resolve("v.mp4"), "old");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        try (WantedVideo video = video(file)) {
            assertThat(video.place()).isEmpty();
        }
        assertThat(err.toString())
                .isEqualTo("fast: the video " + file + " is not written; what is there is of an earlier run\n");
        try (WantedVideo video = video(file)) {
            Files.writeString(file, "new");
            assertThat(video.place()).isEqualTo(", video in " + file);
        }
    }

    @Test
    void nothingIsSaidWhereNoVideoIsWanted() {
        try (WantedVideo video = video()) {
            assertThat(video.place()).isEmpty();
        }
        assertThat(err.toString()).isEmpty();
    }
}
