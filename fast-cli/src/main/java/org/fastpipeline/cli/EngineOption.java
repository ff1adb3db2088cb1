// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import org.fastpipeline.core.inference.EngineWish;
import picocli.CommandLine.Option;

/// The option `--engine`.
final class EngineOption {
    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = EngineWish.AUTO,
            description = "Inference engine: one that 'fast engines' lists; auto for the one expected to be fastest "
                    + "among those that read the model; or measure, which tries each for a moment and keeps the "
                    + "answer. Default: ${DEFAULT-VALUE}.")
    private String engine = EngineWish.AUTO;

    /// What was asked for, as it was typed.
    String name() {
        return engine;
    }

    /// What was asked for.
    EngineWish wish() {
        return EngineWish.parse(engine);
    }
}
