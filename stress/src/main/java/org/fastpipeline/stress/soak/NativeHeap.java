// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalLong;

/// What the C library says of the memory that it gave out. It tells a leak, which is in use, from memory that was
/// given back and that the library keeps resident for the next who asks.
final class NativeHeap {
    /// glibc's `struct mallinfo2`: ten sizes.
    private static final MemoryLayout FIGURES = MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);

    private static final int MAPPED = 4;
    private static final int IN_ARENAS = 7;

    private final Optional<MethodHandle> mallinfo;

    @SuppressWarnings(
            "restricted") // the one native call of this module, to a function of the C library that is in memory
    NativeHeap() {
        Linker linker = Linker.nativeLinker();
        MemoryLayout struct = MemoryLayout.structLayout(FIGURES);
        mallinfo = linker.defaultLookup()
                .find("mallinfo2")
                .map(found -> linker.downcallHandle(found, FunctionDescriptor.of(struct)));
    }

    /// Bytes that were given out and not given back; nothing where the library is not glibc 2.33 or newer.
    OptionalLong inUse() {
        if (mallinfo.isEmpty()) {
            return OptionalLong.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment figures = (MemorySegment) mallinfo.get().invokeExact((SegmentAllocator) arena);
            return OptionalLong.of(figures.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
                    + figures.getAtIndex(ValueLayout.JAVA_LONG, IN_ARENAS));
        } catch (Throwable impossible) {
            throw new AssertionError("mallinfo2 throws nothing", impossible);
        }
    }
}
