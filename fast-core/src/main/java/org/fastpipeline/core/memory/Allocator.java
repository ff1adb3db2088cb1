// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

/// Where a step takes its native memory from.
public interface Allocator {
    /// Takes a writable, 64-byte aligned block; its content is undefined.
    ///
    /// Never blocks. Whoever asks owns the lease; a step's allocator closes what the step did not publish.
    ///
    /// @param bytes size, at least 1
    /// @throws org.fastpipeline.core.error.MemoryExhaustedException if the hard cap would be passed, or the
    /// machine has no more memory
    Lease allocate(long bytes);
}
