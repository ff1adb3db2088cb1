// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One frame that cannot be read, between two that can.
class BadFrameTest {
    @TempDir
    private Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void twoGoodFrames() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        out = folder.resolve("out");
        Files.copy(Fast.sample("frame-0001.jpg"), in.resolve("a.jpg"));
        Files.copy(Fast.sample("frame-0002.jpg"), in.resolve("z.jpg"));
    }

    @Test
    void textWithAnImagesNameFailsAlone() throws IOException {
        Files.writeString(
                in.resolve("m.png"), "these are no pixels, but words that somebody gave the name of an image");
        failsAlone("m.png");
    }

    @Test
    void emptyFileFailsAlone() throws IOException {
        Files.createFile(in.resolve("m.jpg"));
        Fast.Result result = failsAlone("m.jpg");
        assertThat(result.err()).contains("m.jpg: the file is empty.");
    }

    @Test
    void truncatedPngFailsAlone() throws IOException {
        Path whole = TestFiles.image(folder.resolve("whole.png"), BufferedImage.TYPE_3BYTE_BGR, 300, 200);
        TestFiles.half(whole, in.resolve("m.png"));
        assertThat(failsAlone("m.png").err()).contains("truncated");
    }

    @Test
    void truncatedJpegFailsAlone() throws IOException {
        TestFiles.half(Fast.sample("frame-0003.jpg"), in.resolve("m.jpg"));
        assertThat(failsAlone("m.jpg").err()).contains("truncated");
    }

    @Test
    void tinyFileWithNineHundredMillionPixelsFailsAloneBeforeItIsDecoded() throws IOException {
        Path bomb = TestFiles.bomb(in.resolve("m.png"), 30_000, 30_000);
        assertThat(Files.size(bomb)).isLessThan(120_000);
        assertThat(failsAlone("m.png").err()).contains("30000");
        assertThat(new Results(out).run().get("peak_native_bytes").asLong()).isLessThan(300_000_000);
    }

    @Test
    void whereEveryFrameFailsNoDensityIsSaid() throws IOException {
        Path only = Files.writeString(in.resolve("m.png"), "no picture");
        assertThat(Fast.run("capillary", only, "--out", out).out())
                .startsWith("1 frame (1 failed), no density could be measured, ");
    }

    @Test
    void folderWithAnImagesNameIsTakenForAFolder() throws IOException {
        Files.createDirectory(in.resolve("m.png"));
        Fast.Result result =
                Fast.run("capillary", in.resolve("a.jpg"), in.resolve("m.png"), in.resolve("z.jpg"), "--out", out);
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("m.png: the folder has no image");
    }

    @Test
    void unreadableFileFailsAlone() throws IOException {
        Path file = Files.copy(Fast.sample("frame-0003.jpg"), in.resolve("m.jpg"));
        assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "this file system has no permissions");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user can read every file");
        assertThat(failsAlone("m.jpg").err()).contains("may not be read");
    }

    @Test
    void stackTraceIsShownOnDemandOnly() throws IOException {
        Files.createFile(in.resolve("m.jpg"));
        assertThat(Fast.run("capillary", in, "--out", out, "--verbose").err()).contains("\tat org.fastpipeline.");
    }

    @Test
    void failFastStopsAtTheFirstFrameThatFails() throws IOException {
        Files.createFile(in.resolve("m.jpg"));
        Fast.Result result = Fast.run("capillary", in, "--out", out, "--fail-fast");
        assertThat(result.status()).isEqualTo(Main.SOME_FAILED);
        assertThat(result.err()).contains("m.jpg: the file is empty.").doesNotContain("\tat ");
        assertThat(new Results(out).files()).containsExactly("overlays/a.png");
    }

    /// Runs all three, and checks that the first and the last are whole.
    private Fast.Result failsAlone(String bad) throws IOException {
        Fast.Result result = Fast.run("capillary", in, "--out", out);
        assertThat(result.status()).isEqualTo(Main.SOME_FAILED);
        assertThat(result.err())
                .contains("1 of 3 frames failed", in.resolve(bad) + ": ")
                .doesNotContain("\tat ");
        assertThat(result.out()).startsWith("3 frames (1 failed), mean density 0.0");
        Results results = new Results(out);
        assertThat(results.files())
                .containsExactly(
                        "boxes.csv", "capillaries.csv", "frames.csv", "overlays/a.png", "overlays/z.png", "run.json");
        assertThat(results.status()).containsEntry("a.jpg", "ok").containsEntry("z.jpg", "ok");
        assertThat(results.status().get(bad)).isNotEqualTo("ok").isNotBlank();
        assertThat(results.run().get("failed").asInt()).isEqualTo(1);
        return result;
    }
}
