// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fast phantom`: the root of what makes synthetic frames.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "WHAT",
        description = "The same seed gives the same frames, on any machine and with any number of workers.")
final class PhantomCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing what to make, 'capillary' or 'ultrasound'");
    }
}
