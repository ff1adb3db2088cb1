// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import org.lwjgl.system.Configuration;

/// How LWJGL is set up, before the first class of it that works is used.
final class Lwjgl {
    private static final String FOREIGN_MEMORY = "ffm";

    private Lwjgl() {}

    /// Lets it use the JDK's foreign memory where nobody has chosen otherwise: its own choice is `Unsafe`, of which
    /// the JDK warns.
    static void prepare() {
        if (Configuration.MEMORY_BACKEND.get() == null) {
            Configuration.MEMORY_BACKEND.set(FOREIGN_MEMORY);
        }
    }
}
