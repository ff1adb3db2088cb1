// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

/// A channel of the frame, made row by row from the top, so that no step of the camera needs a frame of its own.
interface Lines {
    /// Fills `out` with row `y`; each row is asked for once, in order.
    void line(int y, float[] out);
}
