// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// Something given from outside (a file, a folder, a frame) cannot be used.
public final class InputException extends FastException {
    private final String source;
    private final String problem;
    private final String remedy;

    /// @param source the file, folder or stream
    /// @param problem what is wrong with it
    /// @param remedy what to do about it
    /// @param cause what went wrong underneath
    public InputException(String source, String problem, String remedy, @Nullable Throwable cause) {
        super(source + ": " + problem + ". " + remedy, cause);
        this.source = source;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// The file, folder or stream.
    public String source() {
        return source;
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
