// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import java.util.List;

/// Native memory was still held when a run or pool was closed.
public final class LeakException extends FastException {
    private final transient List<String> holders;

    /// @param holders who still held memory, and how much
    public LeakException(List<String> holders) {
        super("Native memory was not given back by " + String.join(", ", holders) + "; close what was retained.", null);
        this.holders = List.copyOf(holders);
    }

    /// Who still held memory, and how much.
    public List<String> holders() {
        return holders;
    }
}
