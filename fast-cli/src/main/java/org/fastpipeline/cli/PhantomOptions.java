// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The arguments of all commands that make phantoms.
final class PhantomOptions {
    private static final int MOST_FRAMES = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "6",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Another seed gives other frames. Default: ${DEFAULT-VALUE}.")
    private int seed;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Folder for the frames; made if it is missing. It must be empty.")
    private Path out = Path.of("");

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Option(names = Complaint.VERBOSE, description = "Say more on the way: what each step took, stack traces.")
    private boolean verbose;

    /// Makes what was asked for.
    ///
    /// @param name of the kind
    /// @return the exit status
    int make(String name, PhantomJob.Kind kind) {
        ArgumentCheck.notEmpty(spec, "--out", List.of(out));
        ArgumentCheck.within(spec, "--frames", frames, 1, MOST_FRAMES);
        if (seed < 0) {
            throw new ParameterException(spec.commandLine(), "--seed: met " + seed + "; needed 0 or more.");
        }
        Speech speech = Speech.of(spec.commandLine(), verbose);
        PhantomJob job = new PhantomJob(frames, seed, out, workers.threads(), speech);
        speech.say(job.run(name, kind) + "; in " + out);
        return Main.OK;
    }
}
