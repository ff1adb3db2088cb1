// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command, {@code fast}. Exit status: 0 ok, 1 some frames failed, 2 wrong use. */
@Command(
        name = "fast",
        description = "Demand-driven dataflow pipelines for medical images.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
    private static final Runtime.Version OLDEST = Runtime.Version.parse("25.0.3");

    @Spec
    private CommandSpec spec;

    /** Runs one command line and ends the JVM with its status. */
    public static void main(String[] args) {
        if (Runtime.version().compareToIgnoreOptional(OLDEST) < 0) {
            System.err.println("fast: this is Java " + Runtime.version() + ", but 25.0.3 or newer is needed: 25.0.0 to "
                    + "25.0.2 corrupt arrays that native code has pinned (JDK-8377811). Install a newer JDK 25.");
            System.exit(CommandLine.ExitCode.USAGE);
        }
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** The version that the build wrote down. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            var properties = new Properties();
            try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[] {"fast " + properties.getProperty("version")};
        }
    }
}
