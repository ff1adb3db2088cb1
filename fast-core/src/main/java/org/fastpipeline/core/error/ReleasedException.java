// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

/// A payload was used after it had been given back.
public final class ReleasedException extends FastException {
    private final String what;
    private final String holder;

    /// @param what the payload
    /// @param holder who held it
    public ReleasedException(String what, String holder) {
        super(
                what + " of " + holder
                        + " was used after its release; close it later, or retain before what is needed longer.",
                null);
        this.what = what;
        this.holder = holder;
    }

    /// The payload.
    public String what() {
        return what;
    }

    /// Who held it.
    public String holder() {
        return holder;
    }
}
