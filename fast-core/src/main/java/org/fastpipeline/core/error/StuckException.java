// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import java.util.List;

/// Threads of a run did not end within the deadline; their memory is left alone.
public final class StuckException extends FastException {
    private final transient List<String> threads;
    private final long bytes;

    /// @param threads the stuck threads, each with what it was doing
    /// @param bytes native memory left to them
    public StuckException(List<String> threads, long bytes) {
        super(
                "Not stopped: " + String.join(", ", threads) + "; " + bytes
                        + " bytes of native memory were left to them. End the process when they do not return.",
                null);
        this.threads = List.copyOf(threads);
        this.bytes = bytes;
    }

    /// The stuck threads, each with what it was doing.
    public List<String> threads() {
        return threads;
    }

    /// Native memory left to them.
    public long bytes() {
        return bytes;
    }
}
