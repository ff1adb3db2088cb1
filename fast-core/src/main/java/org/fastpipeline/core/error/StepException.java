// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// A node failed on a frame; the cause is what the node threw.
public final class StepException extends FastException {
    private final String node;
    private final String frame;
    private final String problem;

    /// @param node name of the node that failed
    /// @param frame the frame it was working on
    /// @param problem what went wrong, in one line
    /// @param cause what went wrong underneath
    public StepException(String node, String frame, String problem, @Nullable Throwable cause) {
        super(node + ", frame " + frame + ": " + problem, cause);
        this.node = node;
        this.frame = frame;
        this.problem = problem;
    }

    /// Name of the node that failed.
    public String node() {
        return node;
    }

    /// The frame it was working on.
    public String frame() {
        return frame;
    }

    /// What went wrong, in one line.
    public String problem() {
        return problem;
    }

    /// Wraps what a node threw; the problem is the cause's own message, or its type where it has none.
    ///
    /// @param node name of the node that failed
    /// @param frame the frame it was working on
    /// @param cause what the node threw
    public static StepException of(String node, String frame, Throwable cause) {
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return new StepException(node, frame, cause.getClass().getSimpleName(), cause);
        }
        String place = node + ", frame " + frame + ": ";
        return new StepException(
                node, frame, message.startsWith(place) ? message.substring(place.length()) : message, cause);
    }
}
