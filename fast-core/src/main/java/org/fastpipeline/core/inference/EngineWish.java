// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.nio.file.Path;

/// Which engine a user wants.
public sealed interface EngineWish {
    /// The word for [Auto] on command lines.
    String AUTO = "auto";

    /// The word for [Measured] on command lines.
    String MEASURE = "measure";

    /// Whichever fits best.
    record Auto() implements EngineWish {}

    /// This one if it can load the model, else whichever fits best, with a notice.
    ///
    /// @param name the engine's name
    record Named(String name) implements EngineWish {}

    /// Whichever is fastest on this machine, which is measured once for each model and kept, by a moment of trial
    /// each.
    ///
    /// @param cache folder where answers are kept; made where it is missing
    record Measured(Path cache) implements EngineWish {}

    /// `auto`, `measure`, or an engine's name. What is measured is kept in the user's cache folder: `fast/engines`
    /// in `$XDG_CACHE_HOME`, which is `~/.cache` unless it is set.
    static EngineWish parse(String text) {
        return switch (text) {
            case AUTO -> new Auto();
            case MEASURE -> new Measured(TrialCache.ofUser());
            default -> new Named(text);
        };
    }
}
