// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Step;

/// Which part of what a patch is: goes with it as metadata, so that results find their place.
///
/// @param id place in the grid, along x, then y, then z
/// @param grid how the whole is cut
/// @param progress 0 for the first patch that is given out, 1 for the last
/// @param outer the metadata of what was cut; a result that is put together gets it back
public record Patch(long id, PatchGrid grid, double progress, Metadata outer) {
    /// Under which a patch's step finds it. A patch of a patch has its own, and the outer one in [#outer].
    public static final Key<Patch> KEY = new Key<>("patch", Patch.class);

    /// What the patch shows, in pixels of the whole; with overlap, and it may reach beyond the whole.
    public Region region() {
        return grid.region(id);
    }

    /// What is the patch's own, in pixels of the whole.
    public Region own() {
        return grid.own(id);
    }

    /// Distance of neighbouring pixels in mm.
    public Vector3 spacing() {
        return grid.whole().geometry().spacing();
    }

    /// The patch that `step` works on.
    ///
    /// @throws WrongUseException if it works on none
    public static Patch of(Step step) {
        return step.metadata()
                .get(KEY)
                .orElseThrow(() -> new WrongUseException(
                        "frame " + step.frame(),
                        "met a frame without metadata '" + KEY + "'; needed a patch",
                        "Feed the node from what a patch generator gives"));
    }
}
