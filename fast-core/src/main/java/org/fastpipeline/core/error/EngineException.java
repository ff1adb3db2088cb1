// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// An inference engine is unknown, unavailable or failed.
public final class EngineException extends FastException {
    private final String engine;
    private final String problem;
    private final String remedy;

    /// @param engine name of the engine
    /// @param problem what is wrong
    /// @param remedy what to do about it
    /// @param cause what went wrong underneath
    public EngineException(String engine, String problem, String remedy, @Nullable Throwable cause) {
        super("engine " + engine + ": " + problem + ". " + remedy, cause);
        this.engine = engine;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// Name of the engine.
    public String engine() {
        return engine;
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
