// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.fastpipeline.core.error.ReleasedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.IIJ_Result;
import org.openjdk.jcstress.infra.results.IJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Leases on one block: it goes back once, with the last of them, and never under one that is open.
public final class LeaseStress {
    private LeaseStress() {}

    /// A block of 64 bytes with one lease on it.
    abstract static class OneBlock {
        final MemoryPool pool;
        final Lease lease;
        int freed;

        OneBlock() {
            this(true);
        }

        /// A pool with one block.
        ///
        /// @param validate finds leaks, but takes locks that keep threads apart
        OneBlock(boolean validate) {
            pool = new MemoryPool(64, validate);
            lease = pool.allocate(64, "owner");
            lease.whenFreed(() -> freed++);
            lease.publish();
        }

        /// Retains and closes as a reader does.
        ///
        /// @return the bytes in use while it was held; -1 if it was closed already
        final long read() {
            try (Lease _ = lease.retain("reader")) {
                return pool.used();
            } catch (ReleasedException tooLate) {
                return -1;
            }
        }

        /// Closes the pool, which finds leaks.
        ///
        /// @return how often the block was freed
        final int end() {
            pool.close();
            return freed;
        }
    }

    /// Two holders let go at once.
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The last release frees the block, once")
    @Outcome(expect = FORBIDDEN, desc = "Freed twice, never, or miscounted")
    @State
    public static class LastReleaseFreesOnce extends OneBlock {
        private final Lease other = lease.retain("other");

        public LastReleaseFreesOnce() {
            super(false);
        }

        @Actor
        public void owner() {
            lease.close();
        }

        @Actor
        public void other() {
            other.close();
        }

        @Arbiter
        public void after(IJ_Result r) {
            r.r2 = pool.used();
            r.r1 = end();
        }
    }

    /// Two threads close the same handle, while another holder reads on.
    @JCStressTest
    @Outcome(id = "0, 1, 64", expect = ACCEPTABLE, desc = "Counts once; the block goes with the other handle")
    @Outcome(expect = FORBIDDEN, desc = "A handle counted twice frees the block under another")
    @State
    public static class ClosingTwiceCountsOnce extends OneBlock {
        private final Lease other = lease.retain("other");

        @Actor
        public void one() {
            lease.close();
        }

        @Actor
        public void again() {
            lease.close();
        }

        @Arbiter
        public void after(IIJ_Result r) {
            r.r1 = freed;
            r.r3 = pool.used();
            other.close();
            r.r2 = end();
        }
    }

    /// A reader comes as the only holder goes.
    @JCStressTest
    @Outcome(id = "1, 64", expect = ACCEPTABLE, desc = "The reader was first: the block stays until it is done")
    @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "The reader was too late, and was told so")
    @Outcome(expect = FORBIDDEN, desc = "A handle on a block that has gone back")
    @State
    public static class RetainAgainstClose extends OneBlock {
        @Actor
        public void owner() {
            lease.close();
        }

        @Actor
        public void reader(IJ_Result r) {
            r.r2 = read();
        }

        @Arbiter
        public void after(IJ_Result r) {
            r.r1 = end();
        }
    }

    /// The claim changes hands as it is closed.
    @JCStressTest
    @Outcome(id = "1, 64", expect = ACCEPTABLE, desc = "Handed over: the close came too late and did nothing")
    @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "Closed: there was nothing to hand over")
    @Outcome(expect = FORBIDDEN, desc = "Both closed and handed over")
    @State
    public static class HandOverAgainstClose extends OneBlock {
        @Actor
        public void owner() {
            lease.close();
        }

        @Actor
        public void next(IJ_Result r) {
            try (Lease _ = lease.handOver("next")) {
                r.r2 = pool.used();
            } catch (ReleasedException tooLate) {
                r.r2 = -1;
            }
        }

        @Arbiter
        public void after(IJ_Result r) {
            r.r1 = end();
        }
    }

    /// Two would-be holders ask for the same claim.
    @JCStressTest
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "One of them has it")
    @Outcome(expect = FORBIDDEN, desc = "Both have it, or none")
    @State
    public static class HandOverHasOneReceiver extends OneBlock {
        private int take(String holder) {
            try (Lease _ = lease.handOver(holder)) {
                return 1;
            } catch (ReleasedException tooLate) {
                return 0;
            }
        }

        @Actor
        public void one(III_Result r) {
            r.r1 = take("one");
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = take("other");
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = end();
        }
    }

    /// Two readers come and go, each through a handle of its own, and the owner with the second.
    @JCStressTest
    @Outcome(id = "1, 64", expect = ACCEPTABLE, desc = "Freed once, after all")
    @Outcome(expect = FORBIDDEN, desc = "Freed under a reader, twice, or never")
    @State
    public static class ReadersOfTheirOwn extends OneBlock {
        private final Lease other = lease.retain("other");

        @Actor
        public void owner() {
            read();
            lease.close();
        }

        @Actor
        public void other(IJ_Result r) {
            try (Lease read = other.retain("reader of other")) {
                other.close();
                r.r2 = read.segment().byteSize();
            }
        }

        @Arbiter
        public void after(IJ_Result r) {
            r.r1 = end();
        }
    }

    /// A thread looks twice while another closes.
    @JCStressTest
    @Outcome(
            id = {"true, true", "true, false", "false, false"},
            expect = ACCEPTABLE,
            desc = "Once closed, closed")
    @Outcome(expect = FORBIDDEN, desc = "Open again after it was closed")
    @State
    public static class ClosedStaysClosed extends OneBlock {
        @Actor
        public void owner() {
            lease.close();
        }

        @Actor
        public void looks(ZZ_Result r) {
            r.r1 = lease.isOpen();
            r.r2 = lease.isOpen();
        }

        @Arbiter
        public void after() {
            end();
        }
    }
}
