// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

/// Which engine a user wants.
public sealed interface EngineWish {
    /// The word for [Auto] on command lines.
    String AUTO = "auto";

    /// Whichever fits best.
    record Auto() implements EngineWish {}

    /// This one if it can load the model, else whichever fits best, with a notice.
    ///
    /// @param name the engine's name
    record Named(String name) implements EngineWish {}

    /// `auto`, or an engine's name.
    static EngineWish parse(String text) {
        return text.equals(AUTO) ? new Auto() : new Named(text);
    }
}
