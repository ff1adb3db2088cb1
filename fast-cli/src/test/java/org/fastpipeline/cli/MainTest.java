// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void versionIsTheOneThatTheBuildWroteDown() {
        Fast.Result result = Fast.run("--version");
        assertThat(result.status()).isZero();
        assertThat(result.out()).matches("fast \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void unknownCommandIsWrongUse() {
        Fast.Result result = Fast.run("no-such-command");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("no-such-command", "See 'fast --help'.");
    }

    @Test
    void noCommandIsWrongUseAndShowsTheHelp() {
        Fast.Result result = Fast.run();
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("Usage: fast");
    }

    @Test
    void helpNamesEveryCommandWithAnExample() {
        Fast.Result result = Fast.run("--help");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        "  demo  ",
                        "  capillary  ",
                        "  run  ",
                        "  graph  ",
                        "  nodes  ",
                        "  infer  ",
                        "  model  ",
                        "  phantom  ",
                        "  bench  ",
                        "  engines  ",
                        "fast capillary frames/ --out results");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "capillary", "run", "graph", "nodes", "infer", "model", "phantom", "bench", "engines"})
    void everyCommandHasHelpInLinesThatFitATerminal(String command) {
        Fast.Result result = Fast.run(command, "--help");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Usage: fast " + command);
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void commandInAFileOfArgumentsIsFound(@TempDir Path folder) throws IOException {
        Path arguments = Files.writeString(folder.resolve("arguments"), "nodes RoiBatch");
        Fast.Result result = Fast.run("@" + arguments);
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("RoiBatch");
    }

    @Test
    void enginesAreListedWithWhatTheyCanDo() {
        Fast.Result result = Fast.run("engines");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("tensorflow\n", "  version        ", "  devices        CPU", "  reads          SavedModel");
    }

    @Test
    void withoutAnyPluginTheEnginesCommandSaysWhatToDo(@TempDir Path empty) {
        Fast.Result result = Fast.run(new Home(empty), "engines");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err())
                .contains("no inference engine found in " + empty.resolve("plugins"), "docs/engines.md");
        assertThat(Fast.run(new Home(empty), "engines", "--json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void brokenPluginIsListedWithItsReasonAndTheOthersAreToo(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("plugins/broken"));
        Fast.Result result = Fast.run(new Home(home), "engines");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("broken\n", "  not available  ", "  what to do     ");
    }

    @Test
    void numbersAreWrittenAlikeInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(DemoReport.percent(0.0123)).isEqualTo("1.23 %");
        } finally {
            Locale.setDefault(before);
        }
    }
}
