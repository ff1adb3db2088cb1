// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Optional;
import org.fastpipeline.core.run.ThreadPlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--workers` of the commands that run pipelines.
final class WorkersOption {
    private static final int MOST = 256;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Number of threads; the results do not depend on it. Default: one per core.")
    private Optional<Integer> workers = Optional.empty();

    /// The thread plan that was asked for.
    ///
    /// @throws ParameterException if it has no or too many workers
    ThreadPlan threads() {
        ThreadPlan cores = ThreadPlan.ofCores();
        int wanted = workers.orElse(Math.min(MOST, cores.workers()));
        if (wanted < 1 || wanted > MOST) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--workers: met " + wanted + "; needed 1 to " + MOST + ". One per core is best.");
        }
        return cores.withWorkers(wanted);
    }
}
