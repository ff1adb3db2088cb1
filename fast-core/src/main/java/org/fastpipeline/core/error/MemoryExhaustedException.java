// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import java.util.List;

/// An allocation would pass the hard cap of a memory pool.
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
        super(
                taker + ": asked for " + requested + " bytes with " + used + " of " + cap + " in use"
                        + (holders.isEmpty() ? "" : "; largest holders: " + String.join(", ", holders))
                        + ". Raise the memory cap or lower the number of workers.",
                null);
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
