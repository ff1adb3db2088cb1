// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Throws at the Nth call of one kind.
final class NthCall {
    private final Enum<?> kind;
    private final int number;
    private final Supplier<? extends Throwable> fault;
    private final AtomicInteger calls = new AtomicInteger();

    /// @param number from 1; 0 for no call
    NthCall(Enum<?> kind, int number, Supplier<? extends Throwable> fault) {
        this.kind = kind;
        this.number = number;
        this.fault = fault;
    }

    /// All calls pass.
    static NthCall none() {
        return new NthCall(FilesToFiles.Call.PUBLISH, 0, IllegalStateException::new);
    }

    boolean hasFired() {
        return number > 0 && calls.get() >= number;
    }

    void pass(Enum<?> call) {
        if (call == kind && calls.incrementAndGet() == number) {
            raise(fault.get());
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
