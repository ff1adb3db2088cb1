// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

/// The framework was called in a way its contract does not allow.
public final class WrongUseException extends FastException {
    private final String where;
    private final String problem;
    private final String remedy;

    /// @param where the object called
    /// @param problem what was met and what was needed
    /// @param remedy what to do
    public WrongUseException(String where, String problem, String remedy) {
        super(where + ": " + problem + ". " + remedy, null);
        this.where = where;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// The object called.
    public String where() {
        return where;
    }

    /// What was met and what was needed.
    public String problem() {
        return problem;
    }

    /// What to do.
    public String remedy() {
        return remedy;
    }
}
