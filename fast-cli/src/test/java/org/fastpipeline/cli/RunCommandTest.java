// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
    private static final Path DIST = Path.of(System.getProperty("fast.home"));
    private static final Path CAPILLARY = DIST.resolve("pipelines/capillary.yaml");
    private static final Path ROOT = DIST.resolve("../../..").normalize();
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private Fast.Result capillary(Object... more) {
        Object[] all = new Object[6 + more.length];
        System.arraycopy(
                new Object[] {
                    "run",
                    CAPILLARY,
                    "--set",
                    "input=" + DIST.resolve("samples/capillary"),
                    "--set",
                    "output=" + folder.resolve("text")
                },
                0,
                all,
                0,
                6);
        System.arraycopy(more, 0, all, 6, more.length);
        return Fast.run(all);
    }

    @Test
    @Tag("behaviour-227")
    void theCapillaryFileGivesWhatTheCapillaryCommandGives() throws IOException {
        Fast.Result result = capillary("--workers", 2);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(Fast.run("capillary", DIST.resolve("samples/capillary"), "--out", folder.resolve("command"))
                        .status())
                .isZero();
        Results text = new Results(folder.resolve("text"));
        Results command = new Results(folder.resolve("command"));
        assertThat(withoutTimes(text)).isEqualTo(withoutTimes(command)).hasSize(6);
        for (String table : List.of("boxes.csv", "capillaries.csv")) {
            assertThat(folder.resolve("text").resolve(table))
                    .hasSameBinaryContentAs(folder.resolve("command").resolve(table));
        }
        for (String file : command.files()) {
            if (file.startsWith("overlays/")) {
                assertThat(folder.resolve("text").resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("command").resolve(file));
            }
        }
        assertThat(text.files()).hasSize(9);
    }

    private static List<Map<String, String>> withoutTimes(Results results) throws IOException {
        return results.frames().stream()
                .map(row -> {
                    Map<String, String> rest = new TreeMap<>(row);
                    rest.remove("milliseconds");
                    return rest;
                })
                .toList();
    }

    @Test
    @Tag("behaviour-227")
    void outputsArePrintedALinePerFrameAndTheSummaryApart() {
        Fast.Result result = capillary("--set", "encoding=jpeg");
        assertThat(result.out().lines())
                .hasSize(6)
                .allMatch(line -> line.matches("frames#\\d  density: density 0\\.0.*"));
        assertThat(result.err()).contains("fast: 6 frames in ", " frames/s");
        assertThat(new Results(folder.resolve("text")).folder().resolve("overlays/frame-0001.jpg"))
                .exists();
    }

    @Test
    void detailsSayWhatEachNodeTook() {
        Fast.Result result = capillary("--verbose");
        assertThat(result.err())
                .containsPattern("fast: density +6 x +\\d*[1-9.]+\\d* ms")
                .contains("was taken: ");
    }

    @Test
    void aFrameThatFailsIsToldAndTheOthersGoOn() throws IOException {
        Path frames = Files.createDirectory(folder.resolve("frames"));
        Files.copy(Fast.sample("frame-0001.jpg"), frames.resolve("a.jpg"));
        TestFiles.half(Fast.sample("frame-0002.jpg"), frames.resolve("b.jpg"));
        Fast.Result result = Fast.run("run", CAPILLARY, "--set", "input=" + frames, "--set", "output=" + folder);
        assertThat(result.status()).isEqualTo(Main.SOME_FAILED);
        assertThat(result.out().lines()).hasSize(2).last().asString().startsWith("frames#1  density: failed (");
        assertThat(result.err()).contains("fast: 1 of 2 frames failed:", "2 frames (1 failed)");
    }

    @Test
    void anInputThatIsMissingIsWrongUse() {
        for (List<String> options : List.of(List.<String>of(), List.of("--fail-fast"))) {
            List<Object> arguments =
                    new ArrayList<>(List.of("run", CAPILLARY, "--set", "input=" + folder + "/gone.png"));
            arguments.addAll(List.of("--set", "output=" + folder.resolve("text")));
            arguments.addAll(options);
            Fast.Result result = Fast.run(arguments.toArray());
            assertThat(result.err()).contains("gone.png: there is no such file or folder. ");
            assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        }
    }

    @Test
    void aModelThatIsMissingIsNamedWithTheLineOfItsNode() {
        Fast.Result result = capillary("--set", "model=" + folder.resolve("gone"));
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err())
                .contains(CAPILLARY + ":44:3: node 'classifier' cannot be made: " + folder.resolve("gone")
                        + ": the folder is missing");
    }

    @Test
    void anEngineThatIsUnknownIsNamed() {
        Fast.Result result = capillary("--set", "engine=abacus");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains(":44:3: node 'classifier' cannot be made: engine abacus");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inptu=x | a value is given for variable 'inptu', which the file does not declare",
                "input | --set: met 'input'; needed NAME=VALUE.",
                "=x | --set: met '=x'; needed NAME=VALUE.",
                "input=y | --set: met 'input=y', a second value for 'input'; needed one.",
                "output= | --set: met 'output=', a second value",
                "threshold=2,5 | parameter 'threshold' of node 'density' met '2,5'; needed 0.0 to 1.0",
                "background=Still | node 'background' has the type 'Still', which no module offers",
            })
    void aValueThatCannotBeUsedIsRefused(String value, String message) {
        Fast.Result result = capillary("--set", value.strip());
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains(message.strip());
        assertThat(result.out()).isEmpty();
    }

    @Test
    void everyPipelineInTheDocumentsRuns() throws IOException {
        for (String page : List.of("README.md", "docs/text-pipelines.md")) {
            List<String> pipelines = YAML.matcher(Files.readString(ROOT.resolve(page)))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
            assertThat(pipelines).as(page).hasSize(1);
            Path file = Files.writeString(folder.resolve("example.yaml"), pipelines.getFirst());
            List<Object> arguments =
                    new ArrayList<>(List.of("run", file, "--set", "input=" + Fast.sample("frame-0001.jpg")));
            if (pipelines.getFirst().contains("output:")) {
                arguments.addAll(List.of("--set", "output=" + folder.resolve("example")));
            }
            Fast.Result result = Fast.run(arguments.toArray());
            assertThat(result.err()).as(page).matches("fast: 1 frame in .* frames/s\\R");
            assertThat(result.out()).as(page).matches("frames#0  regions: \\d+ boxes.*\\R");
            assertThat(result.status()).isZero();
        }
        assertThat(folder.resolve("example/frame-0001.jpg")).exists();
    }
}
