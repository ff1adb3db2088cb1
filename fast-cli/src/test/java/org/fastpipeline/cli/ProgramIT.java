// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of the distribution's program.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class ProgramIT {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    private final Path sample = Program.BUILT.home().resolve("samples/capillary");

    @Test
    void demoPrintsNothingButItsResult() throws Exception {
        Fast.Result result = Program.BUILT.run(folder, "demo", "--out", folder.resolve("demo"));
        assertThat(result.err().lines()).allMatch(line -> line.matches("fast: \\d of 6 frames.*"));
        assertThat(result.out()).hasLineCount(2);
        assertThat(result.status()).isZero();
    }

    @Test
    void enginesSayWhatTheyCanDo() throws Exception {
        Fast.Result result = Program.BUILT.run(folder, "engines");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("tensorflow\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void runThatIsToldToEndLeavesNothingHalfWritten() throws Exception {
        Path out = folder.resolve("out");
        List<Object> arguments = new ArrayList<>(List.of("capillary", "--out", out));
        arguments.addAll(Collections.nCopies(60, sample));
        Process process = Program.BUILT.command(arguments.toArray()).start();
        try (BufferedReader progress = process.errorReader()) {
            assertThat(progress.readLine()).startsWith("fast: ").contains(" of 360 frames");
            process.toHandle().destroy(); // unlike Process.destroy, leaves its streams open
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(progress.lines()).noneMatch(line -> line.contains("\tat "));
        }
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(new Results(out).files()).isNotEmpty().allMatch(file -> file.startsWith("overlays/frame-0"));
    }

    @Test
    void fullDiskEndsTheRunWithoutLeavingHalfAFile() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()), "cannot mount a small disk");
        try {
            Fast.Result result = Program.BUILT.run(folder, "capillary", sample, "--out", disk.resolve("out"));
            assertThat(result.err().lines().filter(line -> !line.matches("fast: \\d+ of \\d+ frames.*")))
                    .singleElement(as(InstanceOfAssertFactories.STRING))
                    .contains("fast: " + disk.resolve("out"), "the disk is full");
            assertThat(result.status()).isEqualTo(Main.WRONG_USE);
            assertThat(new Results(disk).files()).allMatch(file -> file.startsWith("out/overlays/frame-0"));
        } finally {
            mount("umount", disk.toString());
        }
    }

    private boolean mount(String... command) throws InterruptedException {
        try {
            Path log = folder.resolve("mount.txt");
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
