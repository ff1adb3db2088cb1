// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// Root of every error that this framework raises on purpose.
///
/// The message names where it happened, what was met, what was needed and what to do.
public abstract sealed class FastException extends RuntimeException
        permits DisplayException,
                EngineException,
                GraphException,
                InputException,
                LeakException,
                MemoryExhaustedException,
                MetadataConflictException,
                MissingValueException,
                ModelException,
                OutputException,
                ParameterException,
                ReleasedException,
                RunStoppedException,
                StepException,
                StuckException,
                TransientException,
                WaitInterruptedException,
                WrongUseException {

    FastException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// Whether doing the same again may succeed; only such failures are retried.
    public boolean isTransient() {
        return false;
    }
}
