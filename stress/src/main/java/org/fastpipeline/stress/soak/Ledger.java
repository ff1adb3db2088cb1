// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;

/// What the soak's own nodes took and gave back, over all runs, validating or not: leases, their bytes, states,
/// cursors.
///
/// Runs tell of leases that are left over in validate mode only; this is how the others are watched. Thread-safe.
final class Ledger {
    private final AtomicLong leases = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong states = new AtomicLong();
    private final AtomicLong cursors = new AtomicLong();

    /// An image of this kind, counted until its memory goes back to the pool.
    Image image(ImageSpec spec, Allocator memory) {
        Lease lease = memory.allocate(spec.bytes());
        leases.incrementAndGet();
        bytes.addAndGet(spec.bytes());
        lease.whenFreed(() -> {
            leases.decrementAndGet();
            bytes.addAndGet(-spec.bytes());
        });
        return Image.over(lease, spec);
    }

    void stateOpened() {
        states.incrementAndGet();
    }

    void stateClosed() {
        states.decrementAndGet();
    }

    void cursorOpened() {
        cursors.incrementAndGet();
    }

    void cursorClosed() {
        cursors.decrementAndGet();
    }

    long leases() {
        return leases.get();
    }

    /// A sentence on each count that is not back at 0.
    List<String> open() {
        List<String> open = new ArrayList<>();
        note(open, leases.get(), "lease", ", together " + bytes.get() + " bytes");
        note(open, states.get(), "state of a node", "");
        note(open, cursors.get(), "cursor of a source", "");
        return open;
    }

    private static void note(List<String> open, long count, String what, String more) {
        if (count != 0) {
            open.add("Leaked " + what + ": " + count + " more taken than given back" + more + "; needed 0.");
        }
    }
}
