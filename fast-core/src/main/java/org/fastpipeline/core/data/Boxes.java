// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;

/// Boxes of one image, in a fixed order.
///
/// @param boxes the boxes
public record Boxes(ImmutableList<Box> boxes) {
    /// No box.
    public static final Boxes NONE = new Boxes(ImmutableList.of());

    /// Number of boxes.
    public int size() {
        return boxes.size();
    }
}
