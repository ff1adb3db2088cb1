// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import org.jspecify.annotations.Nullable;

/// A pipeline gave something else than it must.
final class WrongResultException extends RuntimeException {
    private WrongResultException(String message) {
        super(message);
    }

    /// @param what is compared, in words
    static void unlessEqual(String what, @Nullable Object met, @Nullable Object needed) {
        if (met == null ? needed != null : !met.equals(needed)) {
            throw new WrongResultException(what + ": met " + met + "; needed " + needed);
        }
    }

    static void unless(boolean holds, String what) {
        if (!holds) {
            throw new WrongResultException(what);
        }
    }
}
