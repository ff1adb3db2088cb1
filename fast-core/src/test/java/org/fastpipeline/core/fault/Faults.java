// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.fault;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;

/// Throws at the Nth call of one kind, and counts what is open.
final class Faults {
    /// What can fail.
    enum Site {
        OPEN,
        READ,
        DECODE,
        ALLOCATE,
        EXECUTE,
        PUBLISH,
        END,
        CLOSE,
        COMMIT
    }

    /// States and cursors that are open now.
    final AtomicInteger open = new AtomicInteger();

    private final Site site;
    private final int failing;
    private final Function<String, Throwable> fault;
    private final AtomicInteger calls = new AtomicInteger();

    private Faults(Site site, int failing, Function<String, Throwable> fault) {
        this.site = site;
        this.failing = failing;
        this.fault = fault;
    }

    /// The call with number `failing`, from 1, throws what `fault` makes of a text.
    static Faults at(Site site, int failing, Function<String, Throwable> fault) {
        return new Faults(site, failing, fault);
    }

    static Faults none() {
        return new Faults(Site.OPEN, 0, IllegalStateException::new);
    }

    boolean hasFired() {
        return failing > 0 && calls.get() >= failing;
    }

    void pass(Site at) {
        if (at == site && calls.incrementAndGet() == failing) {
            raise(fault.apply("injected at " + at));
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /// Opens a state, or fails to.
    long[] openState() {
        pass(Site.OPEN);
        open.incrementAndGet();
        return new long[1];
    }

    /// Closes a state; it is closed even if that fails.
    void closeState(Site how) {
        open.decrementAndGet();
        pass(how);
    }

    /// A number in leased memory.
    Counted allocate(long value, Allocator memory) {
        pass(Site.ALLOCATE);
        Lease lease = memory.allocate(Long.BYTES);
        lease.writable().set(java.lang.foreign.ValueLayout.JAVA_LONG, 0, value);
        return new Counted(lease, this);
    }

    /// A leased number whose publishing may fail.
    record Counted(Lease lease, Faults faults) implements Leased<Counted> {
        long value() {
            return lease.segment().get(java.lang.foreign.ValueLayout.JAVA_LONG, 0);
        }

        @Override
        public Counted retain(Object holder) {
            return new Counted(lease.retain(holder), faults);
        }

        @Override
        public void publish() {
            faults.pass(Site.PUBLISH);
            lease.publish();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
