// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.render.gl.GlContext;

/// What a grey volume has in any plane of the patient, interpolated (trilinear); [SliceLayer] is for those across its
/// own axes. What lies outside the volume is clear.
///
/// It is seen from where the normal points to, with the head up, or where that is level, with the front up from below
/// and the back up from above. Its pixels are as large as the smallest spacing.
///
/// In a window, the keys up and down go along the normal, by the smallest spacing.
///
/// @param image what is cut: one channel, any element type
/// @param point a place in the plane, in mm
/// @param normal at a right angle to the plane, of any length but 0
/// @param range as for [SliceLayer]
public record ObliqueLayer(Out<Image> image, Vector3 point, Vector3 normal, Optional<Range> range) implements Layer {
    public ObliqueLayer {
        if (!(normal.length() > 0 && Double.isFinite(normal.length()))) {
            throw new WrongUseException(
                    "oblique slice", "met the normal " + normal + "; needed one of some length", "Give a direction");
        }
    }

    /// The plane through a place, at a right angle to a direction.
    public static ObliqueLayer of(Out<Image> image, Vector3 point, Vector3 normal) {
        return new ObliqueLayer(image, point, normal, Optional.empty());
    }

    /// Shown with another level and window.
    public ObliqueLayer with(Range newRange) {
        return new ObliqueLayer(image, point, normal, Optional.of(newRange));
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(image);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new SliceDrawing(gl, image, range, new ObliqueCutter(point, normal));
    }
}
