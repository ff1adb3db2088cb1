// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.ultrasound;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// How large what a frame is labelled with is: an area for each label but the background.
///
/// @param pixels pixels of the frame, label by label, from label 1 on
/// @param pixelArea area of a pixel in mm²; nothing if it is not known
public record LabelAreas(ImmutableList<Long> pixels, Optional<Double> pixelArea) {
    /// The area of a label in mm², if the size of a pixel is known.
    ///
    /// @param label from 1
    public Optional<Double> squareMillimetres(int label) {
        return pixelArea.map(area -> area * pixels.get(label - 1));
    }
}
