// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;

/// One holder's claim on pooled native memory.
///
/// The memory may be written through the lease that was allocated, until it is published; from then on every lease
/// on it is read-only. Thread-safe; a segment obtained here must not be used after `close`.
public final class Lease implements Leased<Lease> {
    private final Block block;
    private final long bytes;
    private final Object holder;
    private final boolean owner;
    private volatile boolean closed;

    Lease(Block block, long bytes, Object holder, boolean owner) {
        this.block = block;
        this.bytes = bytes;
        this.holder = holder;
        this.owner = owner;
    }

    /// Size in bytes, as asked for.
    public long bytes() {
        return bytes;
    }

    /// Who holds this lease.
    public String holder() {
        return holder.toString();
    }

    /// The content, read-only.
    ///
    /// @throws ReleasedException if this lease was closed
    public MemorySegment segment() {
        checkOpen();
        return block.segment.asSlice(0, bytes).asReadOnly();
    }

    /// The content, writable; only before it is published and only for the holder who allocated it.
    ///
    /// @throws ReleasedException if this lease was closed
    /// @throws WrongUseException if the content is shared already
    public MemorySegment writable() {
        checkOpen();
        if (!owner || block.isPublished()) {
            throw new WrongUseException(
                    "lease of " + holder,
                    "met a write to shared content; needed content that this step allocated and has not yet put",
                    "Allocate a new payload and write to that");
        }
        return block.segment.asSlice(0, bytes);
    }

    /// The address of the content, for native calls that read it in place.
    public long address() {
        checkOpen();
        return block.segment.address();
    }

    /// Whether this lease is still held.
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public synchronized Lease retain(Object newHolder) {
        // Not while another thread closes this lease: without it the block may be another's already.
        checkOpen();
        block.share(newHolder);
        return new Lease(block, bytes, newHolder, false);
    }

    /// This claim in the name of another holder, who may go on writing; this handle is closed. For what is made in
    /// several steps: a step's own handles end with it.
    ///
    /// @throws ReleasedException if this lease was closed
    public synchronized Lease handOver(Object newHolder) {
        checkOpen();
        closed = true;
        block.share(newHolder);
        block.giveBack(holder);
        return new Lease(block, bytes, newHolder, owner);
    }

    /// Has `action` run when the last lease on this memory is closed, on the thread that closes it; so whatever hangs
    /// on the memory goes with it. One action, set before the memory is shared; it must not throw.
    public void whenFreed(Runnable action) {
        checkOpen();
        block.whenFreed(action);
    }

    @Override
    public void publish() {
        checkOpen();
        block.publish(bytes);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        block.giveBack(holder);
    }

    private void checkOpen() {
        if (closed) {
            throw new ReleasedException("memory", holder());
        }
    }

    @Override
    public String toString() {
        return bytes + " bytes of " + holder;
    }
}
