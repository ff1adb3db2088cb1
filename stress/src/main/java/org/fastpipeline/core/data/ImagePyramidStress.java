// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.memory.MemoryPool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Handles on a pyramid: what it reads from is closed once, when nobody reads any more.
public final class ImagePyramidStress {
    private static final ImageSpec SPEC = ImageSpec.of(8, 8, ChannelOrder.GREY, ElementType.U8);

    private ImagePyramidStress() {}

    /// A pyramid whose reader knows how often it was closed, and whether somebody read after that.
    abstract static class OnePyramid implements ImagePyramid.Reader {
        private final AtomicInteger closed = new AtomicInteger();
        private final AtomicInteger tooLate = new AtomicInteger();
        private final MemoryPool pool = new MemoryPool(1 << 16, true);
        final ImagePyramid pyramid = ImagePyramid.over(
                PyramidSpec.halved(SPEC, OptionalDouble.empty()), this, bytes -> pool.allocate(bytes, "test"));

        @Override
        public final void read(int level, Box box, MemorySegment to, long rowStride) {
            tooLate.addAndGet(closed.get());
            to.fill((byte) 1);
            tooLate.addAndGet(closed.get());
        }

        @Override
        public final void close() {
            closed.incrementAndGet();
        }

        /// Reads all of it.
        ///
        /// @return 1 if it read, 0 if it was refused
        final int read(ImagePyramid from) {
            // The part is given back in both cases: a step's allocator does that for a node.
            try (MemoryPool own = new MemoryPool(1 << 16, false)) {
                from.read(0, new Box(0, 0, 8, 8), bytes -> own.allocate(bytes, "read"))
                        .close();
                return 1;
            } catch (ReleasedException refused) {
                return 0;
            }
        }

        final void end(III_Result r) {
            r.r2 = closed.get();
            r.r3 = tooLate.get();
            pool.close();
        }
    }

    /// The only handle is closed while somebody reads.
    @JCStressTest
    @Outcome(
            id = {"1, 1, 0", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "Read or refused; closed once, after it")
    @Outcome(expect = FORBIDDEN, desc = "Closed under a read, twice, or never")
    @State
    public static class CloseAgainstRead extends OnePyramid {
        @Actor
        public void reads(III_Result r) {
            r.r1 = read(pyramid);
        }

        @Actor
        public void closes() {
            pyramid.close();
        }

        @Arbiter
        public void after(III_Result r) {
            end(r);
        }
    }

    /// Two holders let go at once.
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "The last one closes it")
    @Outcome(expect = FORBIDDEN, desc = "Closed twice or never, or under a read")
    @State
    public static class LastHandleCloses extends OnePyramid {
        private final ImagePyramid other = pyramid.retain("other");

        @Actor
        public void owner() {
            pyramid.close();
        }

        @Actor
        public void other(III_Result r) {
            r.r1 = read(other);
            other.close();
        }

        @Arbiter
        public void after(III_Result r) {
            end(r);
        }
    }
}
