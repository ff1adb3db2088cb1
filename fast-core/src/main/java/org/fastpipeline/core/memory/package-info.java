// SPDX-License-Identifier: Apache-2.0
/// Pooled off-heap memory: a [MemoryPool][org.fastpipeline.core.memory.MemoryPool] hands out reference-counted leases
/// on 64-byte aligned segments.
///
/// Whoever holds a lease closes it; access after that throws. Nothing here waits for the garbage collector.
@NullMarked
package org.fastpipeline.core.memory;

import org.jspecify.annotations.NullMarked;
