// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.util.function.Supplier;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;

/// Counts a model's open sessions, so that the model outlives them all; for engines, whose [Model]s keep one each.
///
/// Thread-safe. What is given here runs under its lock, so a model is never closed while a session is being opened.
public final class OpenSessions {
    private final String model;
    private int open;
    private boolean closed;

    /// None yet.
    ///
    /// @param model what errors call the model
    public OpenSessions(String model) {
        this.model = model;
    }

    /// Opens a session; for [Model#openSession].
    ///
    /// @param opening makes it; counts if it returns
    /// @throws ReleasedException if the model was closed
    public synchronized <S extends Session> S open(Supplier<S> opening) {
        if (closed) {
            throw new ReleasedException("model", model);
        }
        S session = opening.get();
        open++;
        return session;
    }

    /// Takes a session off the count; each calls it once, when it was closed.
    public synchronized void sessionClosed() {
        open--;
    }

    /// Closes the model; for [Model#close]. More than once is allowed.
    ///
    /// @param release frees what the model holds; runs once at most
    /// @throws WrongUseException if a session is open
    public synchronized void closeModel(Runnable release) {
        if (open > 0) {
            throw new WrongUseException(
                    "model " + model,
                    "met a close with " + open + " sessions open; needed none",
                    "Close the sessions first");
        }
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
