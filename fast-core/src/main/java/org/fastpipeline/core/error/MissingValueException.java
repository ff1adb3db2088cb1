// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import org.jspecify.annotations.Nullable;

/// A value was asked for that this frame does not have.
public final class MissingValueException extends FastException {
    private final String port;
    private final String frame;
    private final String reason;

    /// @param port the port, as `node.port`
    /// @param frame the frame
    /// @param reason why there is no value
    /// @param cause what went wrong underneath
    public MissingValueException(String port, String frame, String reason, @Nullable Throwable cause) {
        super(
                port + " has no value for frame " + frame + ": " + reason
                        + ". Ask for the outcome where a value may be missing.",
                cause);
        this.port = port;
        this.frame = frame;
        this.reason = reason;
    }

    /// The port, as `node.port`.
    public String port() {
        return port;
    }

    /// The frame.
    public String frame() {
        return frame;
    }

    /// Why there is no value.
    public String reason() {
        return reason;
    }
}
