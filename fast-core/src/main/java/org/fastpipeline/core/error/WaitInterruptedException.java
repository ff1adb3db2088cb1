// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// A thread was interrupted while it waited for a run. The run goes on, and the thread's interrupt flag is set
/// again.
public final class WaitInterruptedException extends FastException {
    private final String awaited;

    /// @param awaited what the thread waited for
    /// @param cause the interruption
    public WaitInterruptedException(String awaited, @Nullable Throwable cause) {
        super(
                "Interrupted while waiting for " + awaited
                        + "; the run goes on. Ask again to wait on, or close the run",
                cause);
        this.awaited = awaited;
    }

    /// What the thread waited for.
    public String awaited() {
        return awaited;
    }
}
