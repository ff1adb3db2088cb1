// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// Nothing can be shown or drawn: a window, a graphics library or a graphics card is missing or failed.
public final class DisplayException extends FastException {
    private final String what;
    private final String problem;
    private final String remedy;

    /// @param what the window, library or picture
    /// @param problem what is wrong with it
    /// @param remedy what to do about it
    /// @param cause what went wrong underneath
    public DisplayException(String what, String problem, String remedy, @Nullable Throwable cause) {
        super(what + ": " + problem + ". " + remedy, cause);
        this.what = what;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// The window, library or picture.
    public String what() {
        return what;
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
