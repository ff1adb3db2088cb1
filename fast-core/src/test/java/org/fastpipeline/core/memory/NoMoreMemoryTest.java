// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.junit.jupiter.api.Test;

/// A pool on a machine that has no more memory, though the cap is not reached.
class NoMoreMemoryTest {
    private static final long BEYOND_ANY_MACHINE = 1L << 55;

    private final List<Arena> arenas = new ArrayList<>();
    private int calls;

    /// A pool whose native allocations fail from one of them on, so many times.
    private MemoryPool pool(int failing, int times) {
        return new MemoryPool(Long.MAX_VALUE, true, () -> {
            Arena arena = new Failing(Arena.ofShared(), ++calls >= failing && calls < failing + times);
            arenas.add(arena);
            return arena;
        });
    }

    private record Failing(Arena inner, boolean fails) implements Arena {
        @Override
        public MemorySegment allocate(long bytes, long alignment) {
            if (fails) {
                throw new OutOfMemoryError("injected");
            }
            return inner.allocate(bytes, alignment);
        }

        @Override
        public MemorySegment.Scope scope() {
            return inner.scope();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    @Test
    void requestThatTheMachineCannotMeetNamesWhoAskedAndWhoHoldsMost() {
        try (MemoryPool pool = new MemoryPool(Long.MAX_VALUE, true);
                Lease _ = pool.allocate(1000, "reader")) {
            assertThatThrownBy(() -> pool.allocate(BEYOND_ANY_MACHINE, "blur, frame camera#7"))
                    .isInstanceOf(MemoryExhaustedException.class)
                    .hasMessage("blur, frame camera#7: asked for " + BEYOND_ANY_MACHINE + " bytes with 1024 of "
                            + Long.MAX_VALUE + " in use; largest holders: reader (1024 bytes). The machine has no more."
                            + " Lower the memory cap or the number of workers, or end other programs.")
                    .hasCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void failureOfAnyNativeAllocationTakesNothingAndTheNextWorks() {
        int failing = 1;
        for (boolean clean = false; !clean; failing++) {
            calls = 0;
            arenas.clear();
            try (MemoryPool pool = pool(failing, 2)) {
                clean = allocate(pool);
                assertThat(pool.used()).as("failing %s", failing).isZero();
                assertThat(allocate(pool)).as("failing %s, and then", failing).isTrue();
            }
            assertThat(arenas).as("failing %s", failing).noneMatch(arena -> arena.scope()
                    .isAlive());
        }
        assertThat(failing).as("behind the first call that is not made").isEqualTo(6);
    }

    /// Takes four blocks of different sizes and gives them back.
    ///
    /// @return whether it got them all
    private static boolean allocate(MemoryPool pool) {
        List<Lease> leases = new ArrayList<>();
        try {
            for (long bytes = 1000; bytes <= 8000; bytes *= 2) {
                leases.add(pool.allocate(bytes, "taker"));
            }
            return true;
        } catch (MemoryExhaustedException none) {
            return false;
        } finally {
            leases.forEach(Lease::close);
        }
    }

    @Test
    void idleMemoryIsGivenBackBeforeARequestIsRefused() {
        try (MemoryPool pool = pool(2, 1)) {
            pool.allocate(1000, "first").close();
            try (Lease second = pool.allocate(2000, "second")) {
                assertThat(second.writable().byteSize()).isEqualTo(2000);
                assertThat(arenas.getFirst().scope().isAlive()).isFalse();
            }
        }
    }
}
