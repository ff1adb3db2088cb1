// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;

/// The objects that were found in one image, in a fixed order.
///
/// @param detections the objects
public record Detections(ImmutableList<Detection> detections) {
    /// How many there are.
    public int size() {
        return detections.size();
    }

    /// Where they lie.
    public Boxes boxes() {
        return new Boxes(detections.stream().map(Detection::box).collect(ImmutableList.toImmutableList()));
    }
}
