// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/// Runs command lines in this JVM, over the real distribution.
final class Fast {
    /// One for all tests: a plugin's native library can be loaded once only.
    static final Home HOME = Home.ofProgram();

    private Fast() {}

    /// What a command line led to.
    record Result(int status, String out, String err) {}

    /// Runs it over the real distribution.
    static Result run(Object... arguments) {
        return run(HOME, arguments);
    }

    /// Runs it over another distribution, without engines.
    static Result run(Home home, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        CommandLine line =
                Main.commandLine(home, texts).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Result(line.execute(texts), out.toString(), err.toString());
    }

    /// A frame of the bundled sample.
    static Path sample(String name) {
        return HOME.sample("capillary").resolve(name);
    }
}
