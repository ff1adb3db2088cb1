// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--pixel-size`.
final class PixelSizeOption {
    private static final int MOST = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--pixel-size",
            paramLabel = "UM",
            description =
                    "Width and height of a pixel in micrometres; then lengths, areas and numbers per area are given "
                            + "in real units too. MetaImages say it themselves.")
    private Optional<Double> pixelSize = Optional.empty();

    /// In µm; 0 if it is not known.
    ///
    /// @throws ParameterException if it is out of range
    double micrometres() {
        pixelSize.ifPresent(size -> ArgumentCheck.positive(spec, "--pixel-size", size, MOST, "micrometres"));
        return pixelSize.orElse(0.0);
    }
}
