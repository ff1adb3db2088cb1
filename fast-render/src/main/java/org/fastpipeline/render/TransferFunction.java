// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.render.ImageLayer.Range;

/// Which colour and opacity samples of a volume have: those of its points, mixed evenly between two of them; below the
/// first and above the last those of that point.
///
/// ```java
/// TransferFunction bone = TransferFunction.of(100, Colour.RED.withAlpha(0))
///         .with(300, Colour.of(0xFFE0C0).withAlpha(0.1))
///         .with(1200, Colour.WHITE);
/// ```
///
/// A colour's alpha is the opacity of a layer that is as thick as the smallest spacing of the volume.
///
/// @param points 1 to 64, by their samples; two of the same sample make a jump; others are refused
public record TransferFunction(ImmutableList<Point> points) {
    static final int MOST = 64;

    /// A sample and what it looks like.
    ///
    /// @param sample as it is stored
    /// @param colour of that sample
    public record Point(double sample, Colour colour) {}

    public TransferFunction {
        if (points.isEmpty() || points.size() > MOST) {
            throw new WrongUseException(
                    "transfer function", "met " + points.size() + " points; needed 1 to " + MOST, "Correct them");
        }
        for (int i = 0; i < points.size(); i++) {
            double sample = points.get(i).sample();
            if (!Double.isFinite(sample) || (i > 0 && sample < points.get(i - 1).sample())) {
                throw new WrongUseException(
                        "transfer function",
                        "met point " + (i + 1) + " at " + sample + "; needed numbers, none below the one before",
                        "Sort the points by their samples");
            }
        }
    }

    /// One point; [#with] adds others.
    public static TransferFunction of(double sample, Colour colour) {
        return new TransferFunction(ImmutableList.of(new Point(sample, colour)));
    }

    /// Greys, as an [ImageLayer] shows them with that level and window: black, and clear, to white.
    public static TransferFunction of(Range range) {
        double half = range.window() / 2;
        return of(range.level() - half, Colour.BLACK.withAlpha(0)).with(range.level() + half, Colour.WHITE);
    }

    /// With one more point, after the others.
    public TransferFunction with(double sample, Colour colour) {
        return new TransferFunction(ImmutableList.<Point>builder()
                .addAll(points)
                .add(new Point(sample, colour))
                .build());
    }
}
