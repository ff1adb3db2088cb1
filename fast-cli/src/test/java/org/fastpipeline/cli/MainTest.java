// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionIsTheOneThatTheBuildWroteDown() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("fast \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void unknownCommandIsWrongUse() {
        assertThat(run("no-such-command")).isEqualTo(2);
        assertThat(err.toString()).contains("no-such-command");
    }

    @Test
    void noCommandIsWrongUseAndShowsTheHelp() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: fast");
    }

    private int run(String... args) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
