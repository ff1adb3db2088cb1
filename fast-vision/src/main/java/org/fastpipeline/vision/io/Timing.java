// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import org.fastpipeline.core.data.Key;

/// Metadata by which a pipeline tells how long a frame took.
public final class Timing {
    /// When work on the frame began, as [System#nanoTime] had it.
    public static final Key<Long> STARTED = new Key<>("started", Long.class);

    private Timing() {}
}
