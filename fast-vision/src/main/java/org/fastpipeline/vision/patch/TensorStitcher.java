// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Puts one vector per patch, such as class scores, together to a tensor: rows and columns of patches, then the vector;
/// of a volume slices of patches before them. Places that stay empty are 0.
///
/// Its geometry, which is also its [#GEOMETRY], is that of an image with one pixel per patch: the spacing is the pitch
/// of the patches.
public final class TensorStitcher extends PatchFold<Tensor> {
    /// Where the elements of a tensor lie in the patient.
    public static final Key<Geometry> GEOMETRY = new Key<>("geometry", Geometry.class);

    /// The result, of axes H, W, C or D, H, W, C.
    public final Out<Tensor> tensor = out("tensor", Tensor.class, "a vector per patch, in rows and columns of patches");

    public TensorStitcher() {
        super(Tensor.class, "the vector that became of each patch, of axis C");
    }

    @Override
    public Gathered<Tensor> begin(Step parent) {
        return new Stitched();
    }

    /// What is written so far.
    final class Stitched extends Gathered<Tensor> {
        private @Nullable Tensor whole;
        private @Nullable Geometry geometry;

        @Override
        void add(Patch place, Tensor value, Step child) {
            PatchGrid grid = place.grid();
            TensorSpec spec = value.spec();
            Tensor target = whole;
            if (target == null) {
                check(spec.rank() == 1, value, "a tensor of one axis", child);
                Tensor blank = Tensor.allocate(whole(grid.tiles(), spec), grid.pitch(), child.memory());
                blank.writableElements().fill((byte) 0);
                target = blank.handOver(TensorStitcher.this);
                whole = target;
                geometry = grid.pitch();
            }
            TensorSpec all = target.spec();
            long length = all.sizes().get(all.rank() - 1);
            check(
                    spec.rank() == 1 && spec.type() == all.type() && spec.elements() == length,
                    value,
                    all.type() + "(C=" + length + ") as before",
                    child);
            MemorySegment.copy(value.elements(), 0, target.writableElements(), place.id() * spec.bytes(), spec.bytes());
        }

        private void check(boolean good, Tensor met, String needed, Step child) {
            if (!good) {
                throw new WrongUseException(
                        patch + ", frame " + child.frame(),
                        "met " + met + "; needed " + needed,
                        "Give one vector of equal length for each patch; stitch images with a PatchStitcher");
            }
        }

        private static TensorSpec whole(Extent tiles, TensorSpec vector) {
            ElementType type = vector.type();
            return tiles.z() == 1
                    ? TensorSpec.of("HWC", type, tiles.y(), tiles.x(), vector.elements())
                    : TensorSpec.of("DHWC", type, tiles.z(), tiles.y(), tiles.x(), vector.elements());
        }

        @Override
        void put(Step parent, boolean going) {
            if (whole != null && geometry != null) {
                parent.tag(GEOMETRY, geometry);
                parent.put(tensor, going ? copy(whole, parent) : whole);
            }
        }

        private static Tensor copy(Tensor from, Step step) {
            Tensor copy = Tensor.allocate(from.spec(), from.geometry(), step.memory());
            copy.writableElements().copyFrom(from.elements());
            return copy;
        }

        @Override
        void close() {
            if (whole != null) {
                whole.close();
            }
        }
    }
}
