// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.render.gl.GlContext;

/// A slice of a grey volume, on a plane: boxes, lines and the like can lie on it, in its pixels.
///
/// ```java
/// View axial = View.of(SliceLayer.of(ct.image, SliceAxis.Z), ScaleBarLayer.of());
/// ```
///
/// Up is where z grows on slices across X and Y, to the head, and where y falls on those across Z, to the front of the
/// patient. Right is where x grows, to the left of the patient, and where y grows on slices across X, to the back. An
/// axis of the volume whose direction goes against its own coordinate of the patient is turned round, so that a volume
/// stored from the head down stands upright all the same and left stays left.
///
/// In a window, the keys up and down go through the slices of the view under the pointer.
///
/// @param image what is cut: one channel, any element type; a 2-D image is a volume of one slice
/// @param axis which it lies across
/// @param index of the slice as it is stored, from 0; below 0 for the middle one, beyond the last for the last
/// @param range level and window as for [ImageLayer]; none: 0 to 255 for 8-bit samples, from the least to the greatest
///     of the first frame's volume for others
public record SliceLayer(Out<Image> image, SliceAxis axis, int index, Optional<Range> range) implements Layer {
    /// The middle slice across an axis.
    public static SliceLayer of(Out<Image> image, SliceAxis axis) {
        return new SliceLayer(image, axis, -1, Optional.empty());
    }

    /// Another slice across the same axis: from 0; below 0 for the middle one, beyond the last for the last.
    public SliceLayer at(int newIndex) {
        return new SliceLayer(image, axis, newIndex, range);
    }

    /// Shown with another level and window.
    public SliceLayer with(Range newRange) {
        return new SliceLayer(image, axis, index, Optional.of(newRange));
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(image);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new SliceDrawing(gl, image, range, new AxisCutter(axis, index));
    }
}
