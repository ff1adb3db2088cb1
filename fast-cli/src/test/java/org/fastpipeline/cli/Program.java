// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts the distribution's own program, in a process of its own.
record Program(Path home, Map<String, String> environment) {
    /// That of the distribution which the build has made.
    static final Program BUILT = new Program(Path.of(System.getProperty("fast.home")), Map.of());

    /// A process that is about to start.
    ProcessBuilder command(Object... arguments) {
        List<String> command =
                new ArrayList<>(List.of("sh", home.resolve("bin/fast").toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("FAST_JAVA_OPTS", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("FAST_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    /// Runs it to its end; `folder` receives what it prints.
    Fast.Result run(Path folder, Object... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        int status = command(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Fast.Result(status, Files.readString(out), Files.readString(err));
    }
}
