// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Whole runs of the distribution's program.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class ProgramIT {
    private static final long BIT_OF_SIGINT = 1L << 1;
    private static final int INTERRUPTED = 128 + 2;
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
        assertThat(result.out()).containsPattern("(?m)^tensorflow$");
        assertThat(result.status()).isZero();
    }

    @Test
    void whatIsMeasuredIsSaidAndKeptInTheUsersCacheFolder() throws Exception {
        Path cache = folder.resolve("cache");
        Program program = new Program(Program.BUILT.home(), Map.of("XDG_CACHE_HOME", cache.toString()));
        Path model = Program.BUILT.home().resolve("models/capillary");
        Fast.Result result = program.run(
                folder, "capillary", sample, "--out", folder.resolve("out"), "--model", model, "--engine", "measure");
        assertThat(result.status()).isZero();
        assertThat(result.err()).contains(" was taken: ").doesNotContain("\tat ");
        if (result.err().contains(" when measured now")) {
            assertThat(cache.resolve("fast/engines").toFile().list()).hasSize(1);
        }
    }

    @Test
    void benchOfEnginesPrintsNothingButItsResult() throws Exception {
        Path model = Program.BUILT.home().resolve("models/capillary");
        Fast.Result result = Program.BUILT.run(
                folder, "bench", "engine", "--model", model, "--seconds", "0.2", "--engine", "tensorflow");
        assertThat(result.err()).isEmpty();
        assertThat(JsonMapper.shared()
                        .readTree(result.out())
                        .at("/engines/0/latency/calls")
                        .asInt())
                .isPositive();
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
    void endlessPipelineThatIsInterruptedLeavesNothingHalfWritten() throws Exception {
        assumeFalse(ignoresInterrupts(), "this process ignores SIGINT, and so do those that it starts");
        Path pipeline = endless(Program.BUILT.home().resolve("pipelines/capillary.yaml"));
        Path out = folder.resolve("out");
        Process process = Program.BUILT
                .command("run", pipeline, "--set", "input=" + sample, "--set", "output=" + out)
                .start();
        try (BufferedReader results = process.inputReader();
                BufferedReader messages = process.errorReader()) {
            assertThat(results.readLine()).startsWith("frames#0  density: ");
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(results.lines()).allMatch(line -> line.startsWith("frames#"));
            assertThat(messages.lines().toList())
                    .noneMatch(line -> line.contains("\tat "))
                    .last(as(InstanceOfAssertFactories.STRING))
                    .matches("fast: \\d+ frames? in .* frames/s; stopped before the end");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(INTERRUPTED);
        assertThat(new Results(out).files()).isNotEmpty().allMatch(file -> file.startsWith("overlays/frame-0"));
    }

    /// A pipeline with its frames played over and over.
    private Path endless(Path pipeline) throws IOException {
        String text = Files.readString(pipeline)
                .replace("${here}/..", Program.BUILT.home().toString())
                .replace("type: MediaStreamer\n", "type: ImageFileStreamer\n    parameters:\n      loop: true\n");
        assertThat(text).contains("loop: true");
        return Files.writeString(folder.resolve("endless.yaml"), text);
    }

    /// A shell without job control has what it runs in the background ignore SIGINT, and a JVM leaves it so.
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring(line.indexOf(':') + 1).strip(), 16))
                    .anyMatch(ignored -> (ignored & BIT_OF_SIGINT) != 0);
        }
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
