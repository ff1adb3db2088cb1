// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import org.fastpipeline.core.inference.Precision;
import picocli.CommandLine.Option;

/// The options of all commands that load networks.
final class NetworkOptions {
    @Option(
            names = "--precision",
            paramLabel = "NUMBERS",
            defaultValue = "f32",
            description = "f32: 32-bit floating point, so that results can be repeated; or auto: whatever is fastest, "
                    + "which may be less precise. Default: ${DEFAULT-VALUE}.")
    private Precision precision = Precision.F32;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "What the engine computes on, as 'fast engines' names it. Default: the engine's best.")
    private String device = "";

    @Option(
            names = "--trust-model",
            description = "Load a model though nothing describes it, or its SHA-256 is not the one in its description. "
                    + "For models of which you know where they are from.")
    private boolean trusted;

    /// What was asked for.
    NetworkRequest request() {
        return new NetworkRequest(precision, device, trusted);
    }
}
