// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A pooled stretch of native memory and the count of leases on it.
final class Block {
    final MemorySegment segment;
    private final Arena arena;
    private final MemoryPool pool;
    private final AtomicInteger count = new AtomicInteger();
    private final List<Object> holders = new ArrayList<>();
    private volatile boolean published;
    private volatile Runnable whenFreed = () -> {};
    private long hash;
    private long hashed;

    /// @param arena of this block alone; closed with it, and if it has no memory
    Block(MemoryPool pool, Arena arena, long bytes) {
        this.pool = pool;
        this.arena = arena;
        try {
            this.segment = arena.allocate(bytes, MemoryPool.ALIGNMENT);
        } catch (OutOfMemoryError none) {
            arena.close();
            throw none;
        }
    }

    long bytes() {
        return segment.byteSize();
    }

    void take(Object holder) {
        published = false;
        hashed = 0;
        count.set(1);
        hold(holder);
    }

    void share(Object holder) {
        hold(holder);
        count.incrementAndGet();
    }

    void giveBack(Object holder) {
        letGo(holder);
        if (count.decrementAndGet() == 0) {
            Runnable last = whenFreed;
            whenFreed = () -> {};
            pool.takeBack(this, holder);
            last.run();
        }
    }

    void whenFreed(Runnable action) {
        whenFreed = action;
    }

    /// Who holds it now; only known in validate mode.
    List<Object> holders() {
        synchronized (holders) {
            return List.copyOf(holders);
        }
    }

    private void hold(Object holder) {
        if (pool.validates()) {
            synchronized (holders) {
                holders.add(holder);
            }
        }
    }

    private void letGo(Object holder) {
        if (pool.validates()) {
            synchronized (holders) {
                holders.remove(holder);
            }
        }
    }

    boolean isPublished() {
        return published;
    }

    void publish(long size) {
        if (!published && pool.validates()) {
            hash = hash(size);
            hashed = size;
        }
        published = true;
    }

    /// Whether the content is still what was published; only known in validate mode.
    boolean isIntact() {
        return hashed == 0 || hash(hashed) == hash;
    }

    private long hash(long size) {
        long result = 1;
        MemorySegment content = segment.asSlice(0, size);
        long words = size / Long.BYTES;
        for (long i = 0; i < words; i++) {
            result = result * 0x9E3779B97F4A7C15L + content.getAtIndex(MemoryPool.WORD, i);
        }
        for (long i = words * Long.BYTES; i < size; i++) {
            result = result * 31 + content.get(MemoryPool.BYTE, i);
        }
        return result;
    }

    void free() {
        arena.close();
    }
}
