// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// What the pool counts, gives out and takes back.
public final class MemoryPoolStress {
    private MemoryPoolStress() {}

    private static @Nullable Lease allocate(MemoryPool pool, String taker) {
        try {
            return pool.allocate(64, taker);
        } catch (MemoryExhaustedException | WrongUseException refused) {
            return null;
        }
    }

    private static void close(@Nullable Lease lease) {
        if (lease != null) {
            lease.close();
        }
    }

    /// Two ask for the last block.
    @JCStressTest
    @Outcome(
            id = {"true, false, 64", "false, true, 64"},
            expect = ACCEPTABLE,
            desc = "One has it")
    @Outcome(expect = FORBIDDEN, desc = "The cap was passed, or memory refused that was there")
    @State
    public static class CapHolds {
        private final MemoryPool pool = new MemoryPool(64, true);
        private @Nullable Lease one;
        private @Nullable Lease other;

        @Actor
        public void one(ZZJ_Result r) {
            one = allocate(pool, "one");
            r.r1 = one != null;
        }

        @Actor
        public void other(ZZJ_Result r) {
            other = allocate(pool, "other");
            r.r2 = other != null;
        }

        @Arbiter
        public void after(ZZJ_Result r) {
            r.r3 = pool.used();
            close(one);
            close(other);
            pool.close();
        }
    }

    /// Blocks come and go on two threads.
    @JCStressTest
    @Outcome(
            id = {"64, 64", "64, 128"},
            expect = ACCEPTABLE,
            desc = "What is held is counted, and the peak is one met")
    @Outcome(expect = FORBIDDEN, desc = "Miscounted")
    @State
    public static class CountsAreExact {
        private final MemoryPool pool = new MemoryPool(256, true);
        private @Nullable Lease kept;

        @Actor
        public void keeps() {
            kept = pool.allocate(64, "keeps");
        }

        @Actor
        public void takesAndGivesBack() {
            pool.allocate(64, "passing").close();
        }

        @Arbiter
        public void after(JJ_Result r) {
            r.r1 = pool.used();
            r.r2 = pool.peak();
            close(kept);
            pool.close();
        }
    }

    /// A block comes back and is asked for again while another asks for one.
    @JCStressTest
    @Outcome(id = "true, 128", expect = ACCEPTABLE, desc = "Each has a block of its own")
    @Outcome(expect = FORBIDDEN, desc = "Two hold one block")
    @State
    public static class NoTwoHoldOneBlock {
        private final MemoryPool pool = new MemoryPool(256, true);
        private final Lease before = pool.allocate(64, "before");
        private @Nullable Lease one;
        private @Nullable Lease other;

        @Actor
        public void givesBackAndTakes() {
            before.close();
            one = pool.allocate(64, "one");
        }

        @Actor
        public void takes() {
            other = pool.allocate(64, "other");
        }

        @Arbiter
        public void after(ZJ_Result r) {
            r.r1 = one != null && other != null && one.address() != other.address();
            r.r2 = pool.used();
            close(one);
            close(other);
            pool.close();
        }
    }

    /// The pool is closed while a block comes back: native memory is freed once, by the one or the other.
    @JCStressTest
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "Freed")
    @Outcome(expect = FORBIDDEN, desc = "Native memory stays behind")
    @State
    public static class CloseAgainstRelease {
        private final MemoryPool pool = new MemoryPool(64, false);
        private final Lease lease = pool.allocate(64, "owner");
        private final MemorySegment content = lease.segment();

        @Actor
        public void closes() {
            pool.close();
        }

        @Actor
        public void givesBack() {
            lease.close();
        }

        @Arbiter
        public void after(ZJ_Result r) {
            r.r1 = content.scope().isAlive();
            r.r2 = pool.used();
        }
    }

    /// The pool is closed while somebody allocates.
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Allocated first; freed with its lease")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Refused")
    @Outcome(expect = FORBIDDEN, desc = "Native memory stays behind")
    @State
    public static class CloseAgainstAllocate {
        private final MemoryPool pool = new MemoryPool(64, false);
        private @Nullable MemorySegment content;

        @Actor
        public void closes() {
            pool.close();
        }

        @Actor
        public void allocates(ZZ_Result r) {
            Lease lease = MemoryPoolStress.allocate(pool, "late");
            r.r1 = lease != null;
            if (lease != null) {
                content = lease.segment();
                lease.close();
            }
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = content != null && content.scope().isAlive();
        }
    }

    /// Who waits for memory is woken after it is counted as free.
    @JCStressTest
    @Outcome(id = "(0|64), 0", expect = ACCEPTABLE, desc = "The last to be woken sees all that came back")
    @Outcome(expect = FORBIDDEN, desc = "Woken before the memory was there")
    @State
    public static class ListenersSeeTheReleased {
        private final MemoryPool pool = new MemoryPool(128, true);
        private final Lease one = pool.allocate(64, "one");
        private final Lease other = pool.allocate(64, "other");
        private long mostSeen;
        private long leastSeen = Long.MAX_VALUE;

        public ListenersSeeTheReleased() {
            pool.onRelease(() -> {
                synchronized (this) {
                    long used = pool.used();
                    mostSeen = Math.max(mostSeen, used);
                    leastSeen = Math.min(leastSeen, used);
                }
            });
        }

        @Actor
        public void one() {
            one.close();
        }

        @Actor
        public void other() {
            other.close();
        }

        @Arbiter
        public void after(JJ_Result r) {
            synchronized (this) {
                r.r1 = mostSeen;
                r.r2 = leastSeen;
            }
            pool.close();
        }
    }
}
