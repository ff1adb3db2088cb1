// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The program with a real window, on a virtual display, and without one.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class WatchIT {
    @TempDir
    private Path folder;

    private final Path sample = Program.BUILT.home().resolve("samples/capillary");

    private Fast.Result watch(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("xvfb-run", "-a"));
        ProcessBuilder program = Program.BUILT.command(arguments);
        command.addAll(program.command());
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        program.command(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        try {
            int status = program.start().waitFor();
            return new Fast.Result(status, Files.readString(out), Files.readString(err));
        } catch (IOException missing) {
            abort("no xvfb-run on this machine: apt-get install xvfb xauth");
            throw missing;
        }
    }

    @Test
    void demoOpensAWindowWhereThereIsADisplayAndWritesItsReport() throws Exception {
        Path out = folder.resolve("demo");
        Fast.Result result = watch("demo", "--out", out, "--close-at-end");
        assertThat(result.err().lines()).allMatch(line -> line.matches("fast: \\d of 6 frames.*"));
        assertThat(result.status()).isZero();
        assertThat(out.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aWatchedJobWritesTheSameTables() throws Exception {
        Path watched = folder.resolve("watched");
        Path plain = folder.resolve("plain");
        Fast.Result result =
                watch("capillary", sample, "--out", watched, "--overlays", "none", "--window", "--close-at-end");
        assertThat(result.status()).as(result.err()).isZero();
        Program.BUILT.run(folder, "capillary", sample, "--out", plain, "--overlays", "none");
        assertThat(watched.resolve("boxes.csv")).hasSameBinaryContentAs(plain.resolve("boxes.csv"));
        assertThat(JsonMapper.shared()
                        .readTree(Files.readString(watched.resolve("run.json")))
                        .at("/frames_not_shown")
                        .asInt())
                .isBetween(0, 5);
    }

    @Test
    void filesAreViewed() throws Exception {
        Fast.Result result = watch("view", sample, "--rate", 50, "--close-at-end");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void aVolumeIsViewedInSlicesAndInSpace() throws Exception {
        Path volume = folder.resolve("ball.mhd");
        Files.writeString(volume, """
                ObjectType = Image
                NDims = 3
                DimSize = 8 8 8
                ElementType = MET_UCHAR
                ElementDataFile = ball.raw
                """);
        Files.write(folder.resolve("ball.raw"), new byte[8 * 8 * 8]);
        Fast.Result result = watch("view", volume, "--close-at-end");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void aVideoNeedsNoDisplay() throws Exception {
        Path video = folder.resolve("found.mp4");
        Fast.Result result = Program.BUILT.run(
                folder, "capillary", sample, "--out", folder.resolve("out"), "--overlays", "none", "--video", video);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(video).isNotEmptyFile();
        assertThat(result.out()).endsWith("; results in " + folder.resolve("out") + ", video in " + video + "\n");
    }

    @Test
    void withoutADisplayAWindowIsRefusedInOneSentenceBeforeAnythingIsDone() throws Exception {
        Path out = folder.resolve("out");
        Fast.Result result = Program.BUILT.run(folder, "capillary", sample, "--out", out, "--window");
        assertThat(result.err())
                .startsWith("fast: window 'FAST': there is no display")
                .contains("xvfb-run")
                .hasLineCount(1);
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(out).doesNotExist();
    }
}
