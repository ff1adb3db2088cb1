// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// A model cannot be loaded or does not fit its use.
public final class ModelException extends FastException {
    private final String model;
    private final String problem;
    private final String remedy;

    /// @param model the model's folder or file
    /// @param problem what is wrong
    /// @param remedy what to do about it
    /// @param cause what went wrong underneath
    public ModelException(String model, String problem, String remedy, @Nullable Throwable cause) {
        super("model " + model + ": " + problem + ". " + remedy, cause);
        this.model = model;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// The model's folder or file.
    public String model() {
        return model;
    }

    /// What is wrong.
    public String problem() {
        return problem;
    }

    /// What to do about it.
    public String remedy() {
        return remedy;
    }
}
