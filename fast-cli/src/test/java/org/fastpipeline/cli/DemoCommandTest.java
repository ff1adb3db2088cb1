// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void reportTablesAndPicturesLieInTheFolder() throws IOException {
        Path out = folder.resolve("demo");
        Fast.Result result = Fast.run("demo", "--out", out);
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("6 frames, mean density 0.0", "Report: " + out.resolve("report.html"));
        assertThat(new Results(out).files())
                .contains("boxes.csv", "frames.csv", "report.html", "run.json", "overlays/frame-0001.jpg")
                .noneMatch(file -> file.contains(".part"));
        assertThat(out.resolve("report.html"))
                .content()
                .contains("frame-0006.jpg")
                .containsOnlyOnce("<table>")
                .contains("src=\"data:image/jpeg;base64,")
                .doesNotContain("{{")
                .doesNotContainPattern("(src|href)=(?!\"data:)");
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Fast.Result result = Fast.run("demo", "--out", file.resolve("demo"));
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).startsWith("fast: " + file).doesNotContain("\tat ");
    }
}
