// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// A failure that may not repeat: the work is retried where that is safe.
public final class TransientException extends FastException {
    private final String problem;

    /// @param problem what went wrong
    /// @param cause what went wrong underneath
    public TransientException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    /// What went wrong.
    public String problem() {
        return problem;
    }

    @Override
    public boolean isTransient() {
        return true;
    }
}
