// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Box;

/// Boxes of one frame that a classifier accepted, in a fixed order.
///
/// @param boxes the boxes with their scores
public record ScoredBoxes(ImmutableList<ScoredBox> boxes) {
    /// A box and what the classifier gave it.
    ///
    /// @param box pixels of the frame
    /// @param score score of the class looked for
    public record ScoredBox(Box box, double score) {}

    /// Number of boxes.
    public int size() {
        return boxes.size();
    }
}
