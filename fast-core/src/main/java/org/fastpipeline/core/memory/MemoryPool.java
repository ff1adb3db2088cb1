// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;

/// A capped pool of native memory blocks, reused by size class.
///
/// Thread-safe; `allocate` never blocks. In validate mode the pool hashes what is published and checks it at the last
/// release, and `close` fails on what is still held, naming who took it.
public final class MemoryPool implements AutoCloseable {
    static final long ALIGNMENT = 64;
    static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final int LARGEST_HOLDERS = 5;

    private final long cap;
    private final boolean validate;
    private final Supplier<Arena> arenas;
    private final TreeMap<Long, ArrayDeque<Block>> idle = new TreeMap<>();
    private final Map<Block, Object> taken = new HashMap<>();
    private final List<String> overwritten = new ArrayList<>();
    private final List<Runnable> releaseListeners = new CopyOnWriteArrayList<>();
    private long used;
    private long idleBytes;
    private long peak;
    private boolean closed;

    /// @param cap most bytes that may be in use at once
    /// @param validate whether to hash published content and fail on leaks
    public MemoryPool(long cap, boolean validate) {
        this(cap, validate, Arena::ofShared);
    }

    /// @param arenas where the native memory of each block comes from; an arena of its own for each
    MemoryPool(long cap, boolean validate, Supplier<Arena> arenas) {
        if (cap < 1) {
            throw new WrongUseException("memory pool", "met a cap of " + cap + " bytes; needed 1 or more", "Raise it");
        }
        this.cap = cap;
        this.validate = validate;
        this.arenas = arenas;
    }

    /// Takes a writable block for `taker`, who closes the lease.
    ///
    /// @param bytes size, at least 1; content is undefined
    /// @param taker named by its `toString` in errors and leak reports
    /// @throws MemoryExhaustedException if the cap would be passed, or the machine has no more memory
    public synchronized Lease allocate(long bytes, Object taker) {
        if (bytes < 1 || closed) {
            throw new WrongUseException(
                    taker.toString(),
                    closed
                            ? "met a closed memory pool; needed an open one"
                            : "asked for " + bytes + " bytes; needed 1 or more",
                    "Allocate within a step of a run");
        }
        long size = sizeClass(bytes);
        if (size > cap - used) {
            throw new MemoryExhaustedException(taker.toString(), bytes, used, cap, largestHolders());
        }
        Block block = reuse(size);
        if (block == null) {
            trim(cap - used - size);
            block = fresh(size, bytes, taker);
        }
        block.take(taker);
        used += size;
        peak = Math.max(peak, used);
        taken.put(block, taker);
        return new Lease(block, bytes, taker, true);
    }

    /// New memory; where the machine has none, what lies idle here is given back to it first.
    private Block fresh(long size, long bytes, Object taker) {
        try {
            return new Block(this, arenas.get(), size);
        } catch (OutOfMemoryError first) {
            trim(0);
        }
        try {
            return new Block(this, arenas.get(), size);
        } catch (OutOfMemoryError none) {
            throw new MemoryExhaustedException(taker.toString(), bytes, used, cap, largestHolders(), none);
        }
    }

    private @Nullable Block reuse(long size) {
        ArrayDeque<Block> stack = idle.get(size);
        if (stack == null || stack.isEmpty()) {
            return null;
        }
        idleBytes -= size;
        return stack.pop();
    }

    /// Frees idle blocks, largest first, until at most `limit` idle bytes are left.
    private void trim(long limit) {
        while (idleBytes > limit) {
            Map.Entry<Long, ArrayDeque<Block>> largest = idle.lastEntry();
            if (largest.getValue().isEmpty()) {
                idle.remove(largest.getKey());
                continue;
            }
            idleBytes -= largest.getKey();
            largest.getValue().pop().free();
        }
    }

    void takeBack(Block block, Object holder) {
        synchronized (this) {
            if (validate && !block.isIntact()) {
                overwritten.add(taken.get(block) + ", last held by " + holder);
            }
            taken.remove(block);
            used -= block.bytes();
            if (closed) {
                block.free();
            } else {
                idle.computeIfAbsent(block.bytes(), size -> new ArrayDeque<>()).push(block);
                idleBytes += block.bytes();
            }
        }
        releaseListeners.forEach(Runnable::run);
    }

    /// Calls `listener` after each block that comes back, on the thread that gave it back.
    public void onRelease(Runnable listener) {
        releaseListeners.add(listener);
    }

    /// Bytes in use now.
    public synchronized long used() {
        return used;
    }

    /// Most bytes that were in use at once.
    public synchronized long peak() {
        return peak;
    }

    /// Most bytes that may be in use at once.
    public long cap() {
        return cap;
    }

    boolean validates() {
        return validate;
    }

    /// The largest takers of memory now, each with its bytes, largest first.
    public synchronized List<String> largestHolders() {
        Map<String, Long> byTaker = new TreeMap<>();
        taken.forEach((block, taker) -> byTaker.merge(taker.toString(), block.bytes(), Long::sum));
        return byTaker.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(LARGEST_HOLDERS)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " bytes)")
                .toList();
    }

    /// Frees all idle memory; what is still held is freed when it comes back.
    ///
    /// @throws LeakException in validate mode, if memory is still held
    /// @throws WrongUseException in validate mode, if published content was overwritten
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        trim(0);
        if (validate && !overwritten.isEmpty()) {
            throw new WrongUseException(
                    "memory of " + String.join("; ", overwritten),
                    "met content that changed after it was published; needed it unchanged",
                    "Look for a native call that writes to its input");
        }
        if (validate && !taken.isEmpty()) {
            throw new LeakException(leaks());
        }
    }

    /// Who holds what is not given back, and who took it where that is somebody else.
    private List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        taken.forEach((block, taker) -> {
            List<String> holders =
                    block.holders().stream().map(Object::toString).toList();
            String origin = holders.equals(List.of(taker.toString())) ? "" : " taken by " + taker;
            leaks.add(String.join(" and ", holders) + " (" + block.bytes() + " bytes" + origin + ")");
        });
        leaks.sort(null);
        return leaks;
    }

    /// Rounds up to one of four steps per power of two, so that at most a fifth is unused.
    static long sizeClass(long bytes) {
        if (bytes <= 4 * ALIGNMENT) {
            return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        long step = Long.highestOneBit(bytes - 1) >> 2;
        long whole = (bytes - 1) / step * step;
        return whole > Long.MAX_VALUE - step ? Long.MAX_VALUE : whole + step;
    }
}
