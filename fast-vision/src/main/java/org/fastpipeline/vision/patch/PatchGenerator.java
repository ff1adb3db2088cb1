// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.util.OptionalDouble;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;

/// Cuts images and volumes into patches, as [PatchSource] says.
///
/// Patches of depth 1 of a volume are its slices. Slices and slabs that lie in one piece in the volume are shown where
/// they are; all other patches are copied once.
public final class PatchGenerator extends PatchSource<Image> {
    /// Slices of a patch.
    public final Parameter<Integer> depth = integer("depth", 1, 1, Integer.MAX_VALUE, "pixels", "slices of a patch");

    /// A generator whose patch size is still to be set.
    public PatchGenerator() {
        super(Image.class, "the image or volume that is cut");
    }

    @Override
    PatchGrid grid(Step step) {
        ImageSpec whole = step.get(image).spec();
        Extent size = size(step, step.get(depth));
        return new PatchGrid(
                whole, size, PatchGrid.overlap(size, step.get(overlap)), Scale.FULL, OptionalDouble.empty());
    }

    @Override
    Image cut(Image from, Patch part, double outside, Allocator memory) {
        Region region = part.region();
        return from.view(region, this).orElseGet(() -> from.part(region, outside, memory));
    }
}
