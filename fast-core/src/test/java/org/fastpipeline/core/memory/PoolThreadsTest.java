// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.ReleasedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolThreadsTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 5_000;

    private interface Body {
        void run(int thread) throws Exception;
    }

    /// Runs `body` on several threads at once; the failures, which there should be none of.
    private static List<Throwable> together(int threads, Body body) throws InterruptedException {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            started.add(Thread.ofPlatform().start(() -> {
                try {
                    body.run(number);
                } catch (Throwable failure) {
                    failures.add(failure);
                }
            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
        return List.copyOf(failures);
    }

    @Test
    void noTwoThreadsEverHoldOneBlock() throws InterruptedException {
        try (MemoryPool pool = new MemoryPool(1 << 20, true)) {
            List<Throwable> failures = together(THREADS, thread -> {
                for (int round = 0; round < ROUNDS; round++) {
                    try (Lease lease = pool.allocate(64L * (1 + round % 5), thread)) {
                        MemorySegment content = lease.writable();
                        content.set(ValueLayout.JAVA_LONG, 0, thread * 1_000_000L + round);
                        Thread.onSpinWait();
                        assertThat(content.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(thread * 1_000_000L + round);
                    }
                }
            });
            assertThat(failures).isEmpty();
            assertThat(pool.used()).isZero();
        }
    }

    @Test
    void handlesMayBeRetainedAndClosedByManyThreads() throws InterruptedException {
        try (MemoryPool pool = new MemoryPool(1 << 20, true)) {
            Lease shared = pool.allocate(64, "first");
            List<Throwable> failures = together(THREADS, thread -> {
                for (int round = 0; round < ROUNDS; round++) {
                    try (Lease own = shared.retain(thread)) {
                        own.retain(round).close();
                    }
                }
            });
            assertThat(failures).isEmpty();
            shared.close();
            assertThat(pool.used()).isZero();
        }
    }

    /// Whoever loses the race is told so; a handle on a block that has gone back would be one on another's memory.
    @Test
    void retainingAgainstAClosingThreadGivesAWholeHandleOrThrows() throws InterruptedException {
        AtomicInteger refused = new AtomicInteger();
        MemoryPool pool = new MemoryPool(1 << 20, true);
        Lease[] current = new Lease[1];
        CyclicBarrier begin = new CyclicBarrier(2, () -> current[0] = pool.allocate(64, "owner"));
        CyclicBarrier end = new CyclicBarrier(2);
        List<Throwable> failures = together(2, thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                begin.await();
                if (thread == 0) {
                    current[0].close();
                } else {
                    try (Lease own = current[0].retain("other")) {
                        assertThat(pool.used()).isEqualTo(64);
                        own.segment();
                    } catch (ReleasedException tooLate) {
                        refused.incrementAndGet();
                    }
                }
                end.await();
                assertThat(pool.used()).isZero();
            }
        });
        assertThat(failures).isEmpty();
        assertThat(refused.get()).isBetween(0, ROUNDS);
        assertThatCode(pool::close).doesNotThrowAnyException();
    }

    @Test
    void closingFromManyThreadsGivesABlockBackOnce() throws InterruptedException {
        AtomicInteger released = new AtomicInteger();
        try (MemoryPool pool = new MemoryPool(1 << 20, true)) {
            pool.onRelease(released::incrementAndGet);
            Lease lease = pool.allocate(64, "owner");
            assertThat(together(THREADS, _ -> lease.close())).isEmpty();
        }
        assertThat(released).hasValue(1);
    }
}
