// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An allocation would pass the hard cap of a memory pool, or the machine has no memory for it.
public final class MemoryExhaustedException extends FastException {
    private final String taker;
    private final long requested;
    private final long used;
    private final long cap;
    private final transient List<String> holders;

    /// @param taker who asked
    /// @param requested bytes asked for
    /// @param used bytes in use
    /// @param cap the hard cap in bytes
    /// @param holders the largest holders, largest first
    public MemoryExhaustedException(String taker, long requested, long used, long cap, List<String> holders) {
        this(
                taker,
                requested,
                used,
                cap,
                holders,
                used == 0 ? "Raise the memory cap." : "Raise the memory cap or lower the number of workers.",
                null);
    }

    /// @param taker who asked
    /// @param requested bytes asked for
    /// @param used bytes in use
    /// @param cap the hard cap in bytes, which is not reached
    /// @param holders the largest holders, largest first
    /// @param cause how the machine said that it has no more
    public MemoryExhaustedException(
            String taker, long requested, long used, long cap, List<String> holders, OutOfMemoryError cause) {
        this(
                taker,
                requested,
                used,
                cap,
                holders,
                "The machine has no more. Lower the memory cap or the number of workers, or end other programs.",
                cause);
    }

    private MemoryExhaustedException(
            String taker,
            long requested,
            long used,
            long cap,
            List<String> holders,
            String remedy,
            @Nullable Throwable cause) {
        super(
                taker + ": asked for " + requested + " bytes with " + used + " of " + cap + " in use"
                        + (holders.isEmpty() ? "" : "; largest holders: " + String.join(", ", holders)) + ". " + remedy,
                cause);
        this.taker = taker;
        this.requested = requested;
        this.used = used;
        this.cap = cap;
        this.holders = List.copyOf(holders);
    }

    /// Who asked.
    public String taker() {
        return taker;
    }

    /// Bytes asked for.
    public long requested() {
        return requested;
    }

    /// Bytes in use.
    public long used() {
        return used;
    }

    /// The hard cap in bytes.
    public long cap() {
        return cap;
    }

    /// The largest holders, largest first.
    public List<String> holders() {
        return holders;
    }
}
