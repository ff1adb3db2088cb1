// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.render.gl.GlContext;

/// A grey volume in space: the greatest sample behind each pixel, or all of them through each other. It lies where its
/// geometry says: spacing, origin and directions count. A 2-D image is a volume of one slice.
///
/// ```java
/// View angiogram = View.of(VolumeLayer.of(ct.image).with(Range.between(100, 500)));
/// View skeleton = View.of(VolumeLayer.of(ct.image, bone).withBox());
/// ```
///
/// Rays are sampled at every half of the smallest spacing, interpolated between samples (trilinear).
///
/// @param image what is shown: one channel, any element type
/// @param blend what a ray shows of the samples on it
/// @param function colour and opacity of samples; a projection takes the colour alone. None: greys, of 0 to 255 for
///     8-bit samples, from the least to the greatest of the first frame for others
/// @param threshold samples below are not there
/// @param boxed whether the edges of its box are drawn
public record VolumeLayer(
        Out<Image> image, Blend blend, Optional<TransferFunction> function, double threshold, boolean boxed)
        implements Layer {
    public VolumeLayer {
        if (Double.isNaN(threshold)) {
            throw new WrongUseException(
                    "threshold of a volume", "met " + threshold + "; needed a number", "Give a sample value");
        }
    }

    /// What a ray shows of the samples on it.
    public enum Blend {
        /// The greatest (maximum intensity projection).
        MAXIMUM,
        /// Each over those behind it, as opaque as it is (Porter and Duff, *Compositing digital images*, 1984).
        COMPOSITE
    }

    /// The greatest samples, in greys: a maximum intensity projection.
    public static VolumeLayer of(Out<Image> image) {
        return new VolumeLayer(image, Blend.MAXIMUM, Optional.empty(), Double.NEGATIVE_INFINITY, false);
    }

    /// All samples through each other, in the colours of a function.
    public static VolumeLayer of(Out<Image> image, TransferFunction function) {
        return of(image).with(Blend.COMPOSITE).with(function);
    }

    /// With other samples of a ray.
    public VolumeLayer with(Blend newBlend) {
        return new VolumeLayer(image, newBlend, function, threshold, boxed);
    }

    /// In other colours.
    public VolumeLayer with(TransferFunction newFunction) {
        return new VolumeLayer(image, blend, Optional.of(newFunction), threshold, boxed);
    }

    /// In greys with another level and window.
    public VolumeLayer with(Range range) {
        return with(TransferFunction.of(range));
    }

    /// Without the samples below a threshold.
    public VolumeLayer withThreshold(double least) {
        return new VolumeLayer(image, blend, function, least, boxed);
    }

    /// With the edges of its box.
    public VolumeLayer withBox() {
        return new VolumeLayer(image, blend, function, threshold, true);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(image);
    }

    @Override
    public Ground ground() {
        return Ground.SPACE;
    }

    @Override
    public Drawing open(GlContext gl) {
        return new VolumeDrawing(this, gl);
    }
}
