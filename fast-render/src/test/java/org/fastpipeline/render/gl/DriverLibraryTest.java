// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lwjgl.egl.EGL;
import org.lwjgl.opengl.GL;

class DriverLibraryTest {
    @Test
    void lwjglLooksForNoLibraryByItselfSinceThatMayBlockWhileOthersLoadTheirs() {
        GlContext gl = GlContext.offscreen();
        try {
            assertThat(EGL.getFunctionProvider()).isInstanceOf(DriverLibrary.class);
            assertThat(GL.getFunctionProvider()).isInstanceOf(DriverLibrary.class);
        } finally {
            gl.close();
        }
    }
}
