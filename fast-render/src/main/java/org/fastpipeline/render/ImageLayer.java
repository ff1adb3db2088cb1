// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;

/// An image: grey, or in colour; 8-bit, 16-bit or real numbers; 2-D.
///
/// A sample v of a grey image is shown as (v - level + window / 2) / window, from black at 0 to white at 1; colours
/// as they are. Samples are those stored, without slope and intercept.
///
/// @param image what is shown
/// @param range level and window; none: 0 to 255 for 8-bit samples, from the least to the greatest of the first
///     frame for others, so that brightness does not change from frame to frame
/// @param opacity 1 for an image that covers what is behind it
public record ImageLayer(Out<Image> image, Optional<Range> range, double opacity) implements Layer {
    public ImageLayer {
        Opacity.check(opacity);
    }

    /// Which samples are shown between black and white.
    ///
    /// @param level sample that is shown as medium grey
    /// @param window how far the sample shown as white is from that shown as black; above 0
    public record Range(double level, double window) {
        public Range {
            if (!(window > 0)) {
                throw new WrongUseException(
                        "level and window", "met a window of " + window + "; needed more than 0", "Give a wider one");
            }
        }

        /// From the sample shown as black to the one shown as white.
        public static Range between(double black, double white) {
            return new Range((black + white) / 2, white - black);
        }
    }

    /// Shown as it is.
    public static ImageLayer of(Out<Image> image) {
        return new ImageLayer(image, Optional.empty(), 1);
    }

    /// Shown with another level and window.
    public ImageLayer with(Range newRange) {
        return new ImageLayer(image, Optional.of(newRange), opacity);
    }

    /// Shown with another opacity.
    public ImageLayer withOpacity(double newOpacity) {
        return new ImageLayer(image, range, newOpacity);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(image);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new ImageDrawing(this, gl);
    }
}
