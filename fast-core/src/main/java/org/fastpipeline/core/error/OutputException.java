// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// A result cannot be written.
public final class OutputException extends FastException {
    private final String target;
    private final String problem;
    private final String remedy;

    /// @param target the file or folder
    /// @param problem what is wrong with it
    /// @param remedy what to do about it
    /// @param cause what went wrong underneath
    public OutputException(String target, String problem, String remedy, @Nullable Throwable cause) {
        super(target + ": " + problem + ". " + remedy, cause);
        this.target = target;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// The file or folder.
    public String target() {
        return target;
    }

    /// What is wrong with it.
    public String problem() {
        return problem;
    }

    /// What to do about it.
    public String remedy() {
        return remedy;
    }
}
