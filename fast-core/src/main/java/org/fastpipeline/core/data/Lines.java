// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;

/// Lines of one image, such as the contours of what was found there, in a fixed order.
///
/// @param lines the lines
public record Lines(ImmutableList<Line> lines) {
    /// No line.
    public static final Lines NONE = new Lines(ImmutableList.of());

    /// How many there are.
    public int size() {
        return lines.size();
    }
}
