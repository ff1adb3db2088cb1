// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;

/// A plane in a volume. Places are parts of the volume's columns, rows and slices.
///
/// @param corner what is seen in the upper left corner
/// @param across from there to the upper right
/// @param down from there to the lower left
/// @param extent the plane that it fills
/// @param slid how many slices it is from where its layer has it
/// @param text which one it is
record Cut(Vector3 corner, Vector3 across, Vector3 down, Extent extent, int slid, String text) {
    /// Says where to cut.
    sealed interface Cutter permits AxisCutter, ObliqueCutter {
        /// A cut of such a volume.
        ///
        /// @param slid so many slices from where the layer has it, but no farther than the volume reaches
        Cut of(ImageSpec spec, int slid);
    }
}
