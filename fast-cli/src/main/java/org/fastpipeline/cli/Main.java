// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root command, `fast`. Exit status: 0 ok, 1 some frames failed, 2 wrong use; 130 and 143 if a signal ended it.
@Command(
        name = "fast",
        description = "Demand-driven dataflow pipelines for medical images.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast demo",
            "  fast capillary frames/ --out results",
            "  fast run my-pipeline.yaml --set input=frames/",
            "  fast capillary --help",
        })
public final class Main implements Callable<Integer> {
    /// All frames are through.
    static final int OK = 0;

    /// Some frames failed; the results of the others are there.
    static final int SOME_FAILED = 1;

    /// The command was used wrongly, or could not do its work at all.
    static final int WRONG_USE = 2;

    /// The window was closed before the end: as if it had been stopped by Ctrl-C.
    static final int STOPPED = 130;

    private static final Runtime.Version OLDEST = Runtime.Version.parse("25.0.3");

    @Spec
    private CommandSpec spec;

    /// Runs one command line and ends the JVM with its status.
    public static void main(String[] args) {
        if (Runtime.version().compareToIgnoreOptional(OLDEST) < 0) {
            System.err.println("fast: this is Java " + Runtime.version() + ", but 25.0.3 or newer is needed: 25.0.0 to "
                    + "25.0.2 corrupt arrays that native code has pinned (JDK-8377811). Install a newer JDK 25.");
            System.exit(WRONG_USE);
        }
        if (args.length == 1 && args[0].equals("--version")) {
            // Asked by scripts, and often: spares the loading of picocli, which no start-up cache takes.
            System.out.println(Version.line());
            return;
        }
        System.exit(commandLine(Home.ofProgram(), args).execute(args));
    }

    /// The command line over a distribution, as far as `arguments` may need it.
    static CommandLine commandLine(Home home, String... arguments) {
        CommandLine.IFactory factory = CommandLine.defaultFactory();
        CommandSpec spec = CommandSpec.forAnnotatedObject(new Main(), factory);
        Subcommand.addTo(spec, factory, home, List.of(arguments));
        return new CommandLine(spec, factory)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(Complaint::failed)
                .setParameterExceptionHandler(Complaint::misused);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
