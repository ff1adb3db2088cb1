// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// A run ended before its stream did.
public final class RunStoppedException extends FastException {
    private final String reason;

    /// @param reason why it ended
    /// @param cause what went wrong underneath
    public RunStoppedException(String reason, @Nullable Throwable cause) {
        super("The run stopped: " + reason, cause);
        this.reason = reason;
    }

    /// Why it ended.
    public String reason() {
        return reason;
    }
}
